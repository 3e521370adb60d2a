"use strict";
// The terminal measures its letters once, when it starts: the font has to be there before.
const faces = ["16px 'Roboto Mono'", "italic 16px 'Roboto Mono'", "bold 16px 'Roboto Mono'"];
const again = document.getElementById("again");

function start() {
  const terminal = document.createElement("script");
  terminal.src = "/terminal.js";
  terminal.onload = () => {
    if (document.readyState === "complete") window.onload();
  };
  document.head.append(terminal);
}

function takeFocus() {
  const { classList } = document.body;
  if (classList.contains("-closed")) again.focus();
  else if (classList.contains("-loaded")) document.querySelector(".textual-terminal textarea")?.focus();
}

again.onclick = () => location.reload();
new MutationObserver(takeFocus).observe(document.body, { attributeFilter: ["class"] });
Promise.allSettled(faces.map((face) => document.fonts.load(face))).then(start);
