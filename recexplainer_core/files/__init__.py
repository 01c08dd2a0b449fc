"""Files as they come from anywhere and go to disk: read strictly, written whole, places tried beforehand."""
