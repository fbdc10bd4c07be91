// Tasklist sorts by age unless its address says otherwise, whatever order a list was saved with. Whoever opens it gets the most urgent
// first; an order that somebody chooses stays in the address, and in force.
"use strict";

const order = JSON.stringify([
  { sortBy: "priority", sortOrder: "desc" },
  { sortBy: "dueDate", sortOrder: "asc" },
]);

const inOrder = () => {
  const [path, search = ""] = location.hash.replace(/^#/, "").split("?");
  if (path !== "" && path !== "/") {
    return;
  }
  const parameters = search.split("&").filter((parameter) => parameter !== "");
  if (!parameters.some((parameter) => parameter.startsWith("sorting="))) {
    parameters.push(`sorting=${encodeURIComponent(order)}`);
    location.replace(`#/?${parameters.join("&")}`);
  }
};

// Tasklist changes its address without an event, after the login too: looked at once it has done so.
for (const name of ["pushState", "replaceState"]) {
  const change = history[name];
  history[name] = function (...given) {
    change.apply(this, given);
    setTimeout(inOrder);
  };
}
addEventListener("hashchange", inOrder);
inOrder();
