"""A button that copies the address of what is on screen."""

from __future__ import annotations

import streamlit as st

_HTML = """
<button type="button"><span class="icon" aria-hidden="true">link</span><span class="label">Copy link</span></button>
"""
_CSS = """
button {
  display: inline-flex; align-items: center; gap: 0.5rem; height: 2.5rem; padding: 0 0.75rem; cursor: pointer;
  font: inherit; font-size: 0.875rem; color: var(--st-text-color); background: var(--st-background-color);
  border: 1px solid var(--st-border-color); border-radius: var(--st-button-radius); white-space: nowrap;
}
button:hover, button:focus-visible { border-color: var(--st-primary-color); color: var(--st-primary-color); }
.icon { font-family: "Material Symbols Rounded"; font-size: 1.25rem; line-height: 1; }
"""
_JS = """
export default function ({ parentElement }) {
  const button = parentElement.querySelector("button"), label = parentElement.querySelector(".label");
  const usual = label.textContent;
  let back;
  button.onclick = async () => {
    const link = window.location.href;
    let copied = true;
    try { await navigator.clipboard.writeText(link); }
    catch {  // no clipboard without https: the older way
      const field = document.createElement("textarea");
      field.value = link;
      document.body.append(field);
      field.select();
      copied = document.execCommand("copy");
      field.remove();
    }
    label.textContent = copied ? "Copied" : "Copy the address bar";
    clearTimeout(back);
    back = setTimeout(() => { label.textContent = usual; }, 2000);
  };
  return () => clearTimeout(back);
}
"""
_COPY_LINK = st.components.v2.component("copy_link", html=_HTML, css=_CSS, js=_JS)


def draw_copy_link() -> None:
    """Draw the button. The address holds every state of a screen, so the link opens it again."""
    _COPY_LINK(key="copy_link", width="content", height=40)
