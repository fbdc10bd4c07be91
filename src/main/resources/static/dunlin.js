// Writing requests carry the session's token; everything else on our pages works without a script.
"use strict";

const token = () => document.querySelector("meta[name=csrf-token]")?.content ?? "";

const send = (url, body) =>
  fetch(url, { method: "POST", credentials: "same-origin", headers: { "X-XSRF-TOKEN": token(), Accept: "application/json" }, body });

const notice = (text, bad) => {
  const place = document.getElementById("notice");
  place.textContent = text;
  place.classList.toggle("bad", Boolean(bad));
  place.hidden = false;
};

const unmark = (form) => {
  form.querySelectorAll(".field-error").forEach((text) => text.remove());
  form.querySelectorAll("[aria-invalid]").forEach((input) => {
    input.removeAttribute("aria-invalid");
    input.removeAttribute("aria-describedby");
  });
};

// Says beside the field what is wrong with it; what was entered stays. False when the form has no such field.
const mark = (form, problem) => {
  const field = problem.field && form.elements.namedItem(problem.field);
  if (!field) return false;
  if (problem.existing) {
    // Somebody else was faster: the question that was hidden so far is asked now.
    const question = field.closest("[data-another]");
    question.querySelector("[data-existing]").textContent = problem.detail;
    question.hidden = false;
    field.disabled = false;
    field.checked = false;
    field.value = problem.existing;
  }
  const text = document.createElement("span");
  text.className = "field-error";
  text.id = (field.id || field.name) + "-error";
  text.textContent = problem.existing ? document.body.dataset.another : problem.detail;
  (field.closest("label") ?? field).after(text);
  field.setAttribute("aria-invalid", "true");
  field.setAttribute("aria-describedby", text.id);
  field.focus();
  return true;
};

// What was done is said on the page that shows it.
const DONE = "dunlin.done";
try {
  const done = sessionStorage.getItem(DONE);
  if (done) {
    sessionStorage.removeItem(DONE);
    notice(done);
  }
} catch (e) {
  // A browser that keeps nothing shows the page without it.
}
const remember = (done) => {
  try {
    if (done) sessionStorage.setItem(DONE, done);
  } catch (e) {
    // As above.
  }
};

// <button data-post="/path" data-then="/page" data-busy="Working ..."> and <form data-post="/path">
const post = async (element, body) => {
  const buttons = element.matches("form") ? element.querySelectorAll("button") : document.querySelectorAll("[data-post]");
  buttons.forEach((button) => (button.disabled = true));
  if (element.dataset.busy) notice(element.dataset.busy);
  if (element.matches("form")) unmark(element);
  try {
    const answer = await send(element.dataset.post, body);
    if (answer.ok) {
      if (element.matches("form")) remember((await answer.json().catch(() => ({}))).done);
      if (element.dataset.then) location.assign(element.dataset.then);
      else location.reload();
      return;
    }
    const problem = await answer.json().catch(() => ({}));
    buttons.forEach((button) => (button.disabled = false));
    if (element.matches("form") && mark(element, problem)) return;
    notice(problem.detail ? problem.detail : answer.status === 403 ? document.body.dataset.refused : document.body.dataset.failed + " (" + answer.status + ")", true);
  } catch (e) {
    notice(document.body.dataset.unreachable, true);
  }
  buttons.forEach((button) => (button.disabled = false));
};

document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-post]");
  if (button) {
    // What was entered in calls and not completed goes with whoever logs out.
    if (button.dataset.post.endsWith("/logout")) {
      Object.keys(localStorage).filter((key) => key.startsWith("dunlin.call.")).forEach((key) => localStorage.removeItem(key));
    }
    post(button);
  }
  const person = event.target.closest("button[data-fill]");
  if (person) {
    document.getElementById("username").value = person.dataset.fill;
    document.getElementById("password").value = person.dataset.fill;
    document.getElementById("login").requestSubmit();
  }
});

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (form.dataset.post) {
    event.preventDefault();
    post(form, new URLSearchParams(new FormData(form)));
  } else if (form.dataset.login) {
    event.preventDefault();
    const error = document.getElementById("login-error");
    const button = form.querySelector("button");
    error.hidden = true;
    button.disabled = true;
    try {
      const answer = await send(form.dataset.login, new URLSearchParams(new FormData(form)));
      if (answer.ok) {
        location.assign(form.dataset.then);
        return;
      }
      if (answer.status === 403) {
        // The session of this page is over: a fresh page has a fresh one.
        location.reload();
        return;
      }
      error.textContent = document.body.dataset.wrongLogin;
    } catch (e) {
      error.textContent = document.body.dataset.unreachable;
    }
    error.hidden = false;
    button.disabled = false;
    form.password.select();
  }
});
