// Stands behind every one of Camunda's web applications: the way to Dunlin's own pages and back, and names for what has none.
"use strict";

/** Where Dunlin's own pages are; ends with a slash. */
export const start = () => document.querySelector("base").getAttribute("app-root").replace(/\/camunda$/, "") + "/";

const ask = async (path, type) => {
  try {
    const answer = await fetch(start() + path, { headers: { Accept: type }, redirect: "error" });
    return answer.ok ? answer : null;
  } catch (e) {
    return null;
  }
};

/** A piece of one of Dunlin's pages, in the language of the browser; null for who may not see it. */
export const piece = async (path) => (await ask(path, "text/html"))?.text() ?? null;

/** What Dunlin knows; null for who may not know, and where there is nothing. */
export const fact = async (path) => (await ask(path, "application/json"))?.json() ?? null;

/** Words in the language of the browser. Nobody has any before the login. */
let known = null;
export const about = async () => {
  known ??= await fact("api/webapp-words");
  return known ?? { customers: false, words: {} };
};

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

// What shows only a picture gets a name, for who hears the page instead of seeing it.
const NAMELESS = [
  [".app-switch > a", "applications"],
  ["[data-region='filters']", "filters"],
  ["[data-region='list']", "list"],
  ["[data-region='task']", "task"],
  [".new-sort > a", "addSorting"],
  ["button.dropdown-toggle", "savedSearches"],
  [".circle", "state"],
  [".bjs-drilldown", "calledProcess"],
  [".instance-link", "instance"],
];

const nameOf = (element, words) => {
  const tip = element.closest("[uib-tooltip]")?.getAttribute("uib-tooltip") || element.getAttribute("title");
  if (tip && !tip.includes("{{")) return tip;
  return words[NAMELESS.find(([selector]) => element.matches(selector))?.[1]];
};

const giveNames = async () => {
  const { words } = await about();
  for (const element of document.querySelectorAll("a, button, [role='button']")) {
    if (element.innerText.trim() || (element.hasAttribute("aria-label") && !("named" in element.dataset))) continue;
    const name = nameOf(element, words);
    if (name && element.getAttribute("aria-label") !== name) {
      element.setAttribute("aria-label", name);
      element.dataset.named = "";
      // Without an address it is no link to a reader of screens, and may have no name.
      if (element.matches("a:not([href])") && !element.hasAttribute("role")) element.setAttribute("role", "button");
    }
  }
  document.querySelectorAll("input[uib-typeahead]:not([role])").forEach((input) => input.setAttribute("role", "combobox"));
  document.querySelectorAll("input.toggle:not([aria-label])").forEach((input) => words.switch && input.setAttribute("aria-label", words.switch));
};

let due = false;
new MutationObserver(() => {
  if (due) return;
  due = true;
  setTimeout(() => {
    due = false;
    giveNames();
  }, 200);
}).observe(document.documentElement, { childList: true, subtree: true, attributeFilter: ["uib-tooltip"] });
