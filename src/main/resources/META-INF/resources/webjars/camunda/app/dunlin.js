// The name in the corner leads back to Dunlin's start page.
"use strict";

const start = () => document.querySelector("base").getAttribute("app-root").replace(/\/camunda$/, "") + "/";

document.addEventListener(
  "click",
  (event) => {
    // What was entered in calls and not completed goes with whoever logs out.
    if (event.target.closest('[ng-click="logout()"]')) {
      Object.keys(localStorage).filter((key) => key.startsWith("dunlin.call.")).forEach((key) => localStorage.removeItem(key));
    }
    if (event.target.closest(".navbar-brand")) {
      event.preventDefault();
      event.stopPropagation();
      location.assign(start());
    }
  },
  true,
);
