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

// <button data-post="/path" data-then="/page" data-busy="Working ..."> and <form data-post="/path">
const post = async (element, body) => {
  const buttons = element.matches("form") ? element.querySelectorAll("button") : document.querySelectorAll("[data-post]");
  buttons.forEach((button) => (button.disabled = true));
  if (element.dataset.busy) notice(element.dataset.busy);
  try {
    const answer = await send(element.dataset.post, body);
    if (answer.ok) {
      if (element.dataset.then) location.assign(element.dataset.then);
      else location.reload();
      return;
    }
    const problem = await answer.json().catch(() => ({}));
    notice(problem.detail ? problem.detail : answer.status === 403 ? "Your login does not allow this, or this page is too old: load it again." : "That did not work (" + answer.status + ").", true);
  } catch (e) {
    notice("Dunlin cannot be reached.", true);
  }
  buttons.forEach((button) => (button.disabled = false));
};

document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-post]");
  if (button) post(button);
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
    post(form, new FormData(form));
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
      error.textContent = "Name and password do not fit. After a wrong password the login rests for some seconds, longer each time: wait a moment before you try again.";
    } catch (e) {
      error.textContent = "Dunlin cannot be reached.";
    }
    error.hidden = false;
    button.disabled = false;
    form.password.select();
  }
});
