// The name in the corner leads back to Dunlin's start page.
"use strict";

const start = () => document.querySelector("base").getAttribute("app-root").replace(/\/camunda$/, "") + "/";

document.addEventListener(
  "click",
  (event) => {
    if (event.target.closest(".navbar-brand")) {
      event.preventDefault();
      event.stopPropagation();
      location.assign(start());
    }
  },
  true,
);
