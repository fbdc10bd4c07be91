// The form of a call in Tasklist: shows the customer as they are now, keeps what is entered on this machine until the task is completed,
// and says who else has the customer open. Whatever comes from outside is set as text, never as markup.
"use strict";

window.dunlinCall = (() => {
  const DRAFT = "dunlin.call.";
  /** Whoever knows the words by heart closes them once. */
  const SCRIPT_CLOSED = "dunlin.callScriptClosed";
  const KEPT_FOR = 3 * 24 * 60 * 60 * 1000;
  const SIGN_OF_LIFE = 30 * 1000;
  const IDLE_AFTER = 15 * 60 * 1000;
  const ROWS_AT_FIRST = 12;
  const WITH_INVOICES = ["willPay", "paymentPlan", "disputes"];

  // --- what stays on this machine ---

  const drafts = () => Object.keys(localStorage).filter((key) => key.startsWith(DRAFT));

  const read = (key) => {
    try {
      return JSON.parse(localStorage.getItem(key));
    } catch (e) {
      return null;
    }
  };

  const forgetOld = () =>
    drafts().filter((key) => !(read(key)?.at > Date.now() - KEPT_FOR)).forEach((key) => localStorage.removeItem(key));

  // --- words ---

  const day = (iso) => new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" }).format(new Date(iso + "T00:00:00Z"));
  const at = (instant, zone) => new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit", timeZone: zone }).format(new Date(instant));
  const time = (instant, zone) => new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: zone }).format(new Date(instant));
  const money = (sum) => new Intl.NumberFormat("en-GB", { style: "currency", currency: sum.currency }).format(sum.amount);
  const digits = (currency) => new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits;
  const language = (code) => new Intl.DisplayNames(["en"], { type: "language" }).of(code);
  const sentence = (name) => name.charAt(0) + name.slice(1).toLowerCase().replaceAll("_", " ");

  const element = (tag, name, text) => {
    const made = document.createElement(tag);
    if (name) made.className = name;
    if (text !== undefined && text !== null) made.textContent = text;
    return made;
  };

  /** A link, only to what it may lead to. */
  const link = (text, address, name) => {
    const allowed = /^(tel:|mailto:|\/(?!\/))/.test(address ?? "");
    const made = element(allowed ? "a" : "span", name, text);
    if (allowed) {
      made.href = address;
      if (address.startsWith("/")) {
        made.target = "_blank";
        made.rel = "noopener";
      }
    }
    return made;
  };

  const line = (...parts) => {
    const made = element("p");
    parts.filter((part) => part).forEach((part, i) => {
      if (i) made.append(" \u00b7 ");
      made.append(part);
    });
    return made;
  };

  // --- speaking with Dunlin ---

  const token = () => decodeURIComponent((document.cookie.match(/(?:^|; )XSRF-TOKEN=([^;]*)/) ?? ["", ""])[1]);

  const ask = (path, method) => {
    const headers = { Accept: "application/json" };
    if (method !== "GET") headers["X-XSRF-TOKEN"] = token();
    return fetch(path, { method, headers, credentials: "same-origin", keepalive: method === "DELETE" });
  };

  return (camForm, scope) => {
    const form = camForm.formElement[0];
    const task = camForm.taskId;
    const path = "/api/calls/" + encodeURIComponent(task);
    const part = (name) => form.querySelector('[data-part="' + name + '"]');
    const field = (name) => form.querySelector('[name="' + name + '"]');
    const fields = () => [...form.querySelectorAll("input[name], select[name], textarea[name]")].filter((input) => input.type !== "radio" && input.type !== "checkbox");
    const outcome = () => form.querySelector('[name="outcome"]:checked')?.value ?? null;
    const boxes = () => [...form.querySelectorAll('input[type="checkbox"][data-number]')];

    let call = null;
    let key = null;
    let touched = false;
    let edited = false;
    let lastUsed = Date.now();
    let beating = 0;

    const say = (text) => {
      part("problem").textContent = text;
      part("problem").hidden = false;
    };

    // --- the customer ---

    const who = () => {
      const head = call.customer.head;
      const box = part("who");
      const name = element("h3");
      name.append(link(head.name, "/customers/id/" + head.id), " ", element("small", "dc-quiet", head.number));
      const standing = element("p");
      if (head.standing) standing.append(element("span", "dc-badge", "Segment " + head.standing.segment + ", " + head.standing.behaviour + " payer"));
      if (head.creditStops.length) standing.append(element("span", "dc-badge bad", "Credit stop"));
      standing.append(element("span", "dc-badge", language(head.language)));
      box.append(name, standing);
      for (const balance of head.balances) {
        const owes = element("p");
        owes.append(element("strong", "", money(balance.overdue)), " overdue of " + money(balance.open) + " open, " + balance.overdueInvoices + " of " + balance.invoices + " invoices, the oldest " + balance.oldestDaysOverdue + " days late");
        box.append(owes);
      }
      if (!head.balances.length) box.append(element("p", "", "Nothing is open any more."));
      if (head.payDay) box.append(element("p", "", "Usually pays " + head.payDay));
      for (const hold of call.customer.holds.filter((one) => one.active)) {
        box.append(element("p", "dc-quiet", "On hold: " + hold.reason + (hold.until ? " until " + day(hold.until) : "") + " (" + hold.number + ")"));
      }
      const reasons = [
        ...head.creditStops.map((stop) => "No credit since " + day(stop.since) + ": " + stop.text),
        ...(head.standing?.reasons ?? []).map((reason) => reason.text),
      ];
      if (reasons.length) {
        const why = element("details");
        why.append(element("summary", "", head.standing ? "Why segment " + head.standing.segment + ", score " + head.standing.score + (head.creditStops.length ? ", and no credit" : "") : "Why no credit"));
        const list = element("ul");
        reasons.forEach((reason) => list.append(element("li", "", reason)));
        why.append(list);
        box.append(why);
      }
    };

    const persons = () => {
      const head = call.customer.head;
      const box = part("persons");
      for (const person of call.customer.persons) {
        const one = element("div", "dc-person");
        one.append(line(element("strong", "", person.name), person.role && element("span", "dc-quiet", person.role)));
        if (person.phone) {
          const phone = line(link(person.phone, person.phoneLink, "dc-phone"));
          if (person.phoneWrong) phone.append(" ", element("span", "dc-badge bad", person.phoneWrong));
          one.append(phone);
        }
        if (person.email) {
          const email = line(link(person.email, person.emailLink));
          if (person.emailWrong) email.append(" ", element("span", "dc-badge bad", person.emailWrong));
          one.append(email);
        }
        box.append(one);
      }
      if (!call.customer.persons.length) box.append(element("p", "", "No contact person is known."));
      const said = head.lastContact;
      box.append(element("p", "dc-quiet", said
        ? "Last: " + (said.what ?? sentence(said.channel)) + ", " + sentence(said.channel).toLowerCase() + ", " + at(said.at, head.zone) + ", by " + (said.by ?? "Dunlin")
        : "Nobody has contacted them yet."));
      box.append(element("p", "dc-quiet", "Attempt " + call.call.attempt + (call.call.attempt > call.call.attempts ? "" : " of " + call.call.attempts) + " \u00b7 " + call.call.rungName + " \u00b7 case " + call.call.caseNumber));
    };

    const script = () => {
      if (!call.script) return;
      const box = part("script");
      const words = element("details");
      const title = element("summary", "", call.script.subject);
      words.append(title);
      words.open = localStorage.getItem(SCRIPT_CLOSED) === null;
      words.addEventListener("toggle", () => (words.open ? localStorage.removeItem(SCRIPT_CLOSED) : localStorage.setItem(SCRIPT_CLOSED, "yes")));
      box.append(words);
      ["opening", "ask", "closing"].forEach((name) => {
        const said = element("p", "", call.script[name]);
        said.lang = call.script.language;
        words.append(said);
      });
      title.lang = call.script.language;
      box.hidden = false;
    };

    const invoices = () => {
      const table = element("table");
      const head = element("tr");
      ["Invoice", "Due", "Days late", "Open", "Level"].forEach((name, i) => head.append(element("th", i === 2 || i === 3 ? "dc-number" : "", name)));
      const thead = element("thead");
      thead.append(head);
      const rows = element("tbody");
      for (const invoice of call.customer.invoices) {
        const row = element("tr");
        const tick = element("label");
        const box = element("input");
        box.type = "checkbox";
        box.dataset.number = invoice.number;
        tick.append(box, " " + invoice.number);
        const first = element("td");
        first.append(tick);
        const level = element("td", "", invoice.level);
        if (invoice.disputed) level.append(" ", element("span", "dc-badge bad", "disputed"));
        else if (invoice.holds.length) level.append(" ", element("span", "dc-badge", "on hold"));
        row.append(first, element("td", "", day(invoice.dueOn)), element("td", "dc-number", Math.max(0, invoice.daysOverdue)), element("td", "dc-number", money(invoice.open)), level);
        rows.append(row);
      }
      table.append(thead, rows);
      part("invoices").append(table);
      if (call.customer.invoicesLeftOff) part("invoices").append(element("p", "dc-quiet", "and " + call.customer.invoicesLeftOff + " more on the page of the customer"));
    };

    const entry = (one) => {
      const row = element("li");
      const zone = call.customer.head.zone;
      const kind = { NOTE: "Note", WORD: "Customer said", DECISION: "Decided" }[one.kind] ?? sentence(one.channel);
      const told = one.text ? one.text : sentence(one.state ?? "");
      row.append(element("span", "dc-quiet", at(one.at, zone) + " \u00b7 " + kind + " \u00b7 " + (one.by ?? (one.kind === "WORD" ? "the customer" : "Dunlin"))), " ", element("span", "", told));
      if (one.link && one.link.startsWith("/contacts/")) {
        const shown = element("details");
        shown.append(element("summary", "", "as sent"));
        shown.addEventListener("toggle", () => {
          if (shown.open && !shown.querySelector("iframe")) {
            const frame = element("iframe");
            frame.title = "The message as it was sent";
            frame.src = one.link;
            shown.append(frame);
          }
        });
        row.append(" ", shown);
      }
      return row;
    };

    const timeline = () => {
      const entries = call.customer.timeline;
      // Notes of colleagues first: they were written to be read before the next call.
      const notes = entries.filter((one) => one.kind === "NOTE");
      const others = entries.filter((one) => one.kind !== "NOTE");
      const all = [...notes.slice(0, 3), ...others, ...notes.slice(3)];
      all.slice(0, ROWS_AT_FIRST).forEach((one) => part("timeline").append(entry(one)));
      if (!all.length) part("timeline").append(element("li", "dc-quiet", "Nothing yet."));
      part("more").hidden = all.length <= ROWS_AT_FIRST;
      part("more").addEventListener("click", () => {
        all.slice(ROWS_AT_FIRST).forEach((one) => part("timeline").append(entry(one)));
        part("more").hidden = true;
      });
    };

    const colleagues = (found) => {
      const box = part("colleagues");
      const zone = call.customer.head.zone;
      box.hidden = !found.length;
      const text = found.map((one) => one.name + " has had this customer open since " + time(one.since, zone) + ".").join(" ");
      if (box.textContent !== text) box.textContent = text;
    };

    // --- what is entered ---

    const ticked = () => boxes().filter((box) => box.checked).map((box) => box.dataset.number);

    const tick = (numbers) => boxes().forEach((box) => (box.checked = numbers.includes(box.dataset.number)));

    /** In the smallest unit of the currency, so that nothing is rounded. */
    const cents = (text) => {
      const places = digits(call.call.currency);
      const found = /^\s*([0-9]{1,13})(?:[.,]([0-9]{1,4}))?\s*$/.exec(text);
      if (!found) return null;
      const rest = (found[2] ?? "").replace(/0+$/, "");
      return rest.length > places ? null : Number(found[1] + rest.padEnd(places, "0"));
    };

    const plain = (units) => {
      const places = digits(call.call.currency);
      const text = String(units).padStart(places + 1, "0");
      return places ? text.slice(0, -places) + "." + text.slice(-places) : text;
    };

    const sum = () => call.customer.invoices
      .filter((invoice) => ticked().includes(invoice.number) && invoice.open.currency === call.call.currency)
      .reduce((total, invoice) => total + Math.round(invoice.open.amount * 10 ** digits(call.call.currency)), 0);

    const later = (iso, times, rhythm) => {
      const date = new Date(iso + "T00:00:00Z");
      if (rhythm === "weekly") {
        date.setUTCDate(date.getUTCDate() + 7 * times);
      } else {
        const wanted = date.getUTCDate();
        date.setUTCDate(1);
        date.setUTCMonth(date.getUTCMonth() + times);
        const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
        date.setUTCDate(Math.min(wanted, last));
      }
      return date.toISOString().slice(0, 10);
    };

    const showPlan = (rows) => {
      const box = part("plan");
      box.replaceChildren();
      rows.forEach(([date, amount], i) => {
        const row = element("div", "dc-part");
        const on = element("input");
        on.type = "date";
        on.value = date;
        on.dataset.plan = "date";
        on.setAttribute("aria-label", "Day of instalment " + (i + 1));
        const sum = element("input");
        sum.type = "text";
        sum.value = amount;
        sum.inputMode = "decimal";
        sum.dataset.plan = "amount";
        sum.setAttribute("aria-label", "Amount of instalment " + (i + 1));
        row.append(element("span", "dc-quiet", i + 1), on, sum);
        box.append(row);
      });
    };

    const rows = () => [...form.querySelectorAll(".dc-part")].map((row) => [row.querySelector('[data-plan="date"]').value, row.querySelector('[data-plan="amount"]').value]);

    const computePlan = () => {
      const parts = Number(field("planParts").value);
      const first = field("planFirstDate").value;
      edited = false;
      if (!Number.isInteger(parts) || parts < 2 || parts > 60 || !first) {
        showPlan([]);
        return;
      }
      const total = sum();
      const each = Math.floor(total / parts);
      showPlan(Array.from({ length: parts }, (_, i) => [later(first, i, field("planRhythm").value), plain(i < parts - 1 ? each : total - each * (parts - 1))]));
    };

    const show = () => {
      const chosen = outcome();
      form.querySelectorAll("[data-for]").forEach((box) => (box.hidden = !box.dataset.for.split(" ").includes(chosen)));
      // For reading they are always there.
      boxes().forEach((box) => (box.disabled = !WITH_INVOICES.includes(chosen)));
      const back = chosen === "callBack";
      part("againLabel").textContent = back ? "Wants to be called on" : "Call again on";
      part("againHint").textContent = back ? "Without a time: in the morning." : "Leave empty for the next working day, " + day(call.limits.nextWorkingDay) + ".";
      if (!touched) tick(chosen === "disputes" ? [] : call.about);
    };

    const draft = () => ({
      at: Date.now(),
      outcome: outcome(),
      fields: Object.fromEntries(fields().map((input) => [input.name, input.value])),
      ticked: touched ? ticked() : null,
      rows: edited ? rows() : null,
    });

    const keep = () => {
      try {
        localStorage.setItem(key, JSON.stringify(draft()));
        part("kept").textContent = "Kept on this machine until you complete the task.";
      } catch (e) {
        part("kept").textContent = "This browser keeps nothing: what you enter is lost when you leave the form.";
      }
    };

    const restore = () => {
      const kept = read(key);
      if (!kept?.fields) {
        show();
        return;
      }
      const chosen = [...form.querySelectorAll('[name="outcome"]')].find((radio) => radio.value === kept.outcome);
      if (chosen) chosen.checked = true;
      fields().forEach((input) => (input.value = kept.fields[input.name] ?? input.value));
      touched = Array.isArray(kept.ticked);
      if (touched) tick(kept.ticked);
      show();
      if (Array.isArray(kept.rows)) {
        showPlan(kept.rows);
        edited = true;
      } else {
        computePlan();
      }
      part("kept").textContent = "What you entered on " + at(kept.at, call.customer.head.zone) + " is here again.";
    };

    // --- what cannot be ---

    const clear = () => {
      form.querySelectorAll(".dc-error").forEach((error) => error.remove());
      form.querySelectorAll("[aria-invalid]").forEach((input) => input.removeAttribute("aria-invalid"));
    };

    const wrong = (name, text) => {
      const input = field(name);
      const group = form.querySelector('[data-field="' + name + '"]');
      const error = element("span", "dc-error", text);
      error.setAttribute("role", "alert");
      if (group) group.append(error);
      else {
        input.setAttribute("aria-invalid", "true");
        input.after(error);
      }
      return input ?? group?.querySelector("input") ?? part("plan").querySelector("input");
    };

    const isBetween = (value, first, last) => value >= first && value <= last;

    /** Fields and what to do about them. */
    const problems = () => {
      const found = [];
      const value = (name) => field(name).value.trim();
      const { today, promiseUntil, planUntil, callBackUntil } = call.limits;
      const chosen = outcome();
      const need = (name, text) => value(name) || found.push([name, text]);
      if (!chosen) found.push(["outcome", "Choose what came of the call."]);
      if (chosen === "willPay") {
        if (need("promiseDate", "Enter the day.") && !isBetween(value("promiseDate"), today, promiseUntil)) {
          found.push(["promiseDate", "Our policy allows a day from today until " + day(promiseUntil) + "."]);
        }
        if (value("promiseAmount") && !(cents(value("promiseAmount")) > 0)) found.push(["promiseAmount", "Write the amount like 1250.00, or leave it empty."]);
        else if (value("promiseAmount") && cents(value("promiseAmount")) > sum()) found.push(["promiseAmount", "Only " + plain(sum()) + " is open of what is ticked."]);
      }
      if (chosen === "paymentPlan") {
        const parts = value("planParts");
        if (!/^[0-9]+$/.test(parts) || Number(parts) < 2 || Number(parts) > 60) found.push(["planParts", "From 2 to 60."]);
        if (need("planFirstDate", "Enter the day.") && !isBetween(value("planFirstDate"), today, planUntil)) found.push(["planFirstDate", "A day from tomorrow until " + day(planUntil) + "."]);
        else if (value("planFirstDate") === today) found.push(["planFirstDate", "The first instalment lies after today."]);
        const sums = rows().map((row) => cents(row[1]));
        if (sums.includes(null) || rows().some((row) => !row[0])) found.push(["planParts", "Each instalment needs a day, and an amount like 250.00."]);
        else if (sums.length && sums.reduce((a, b) => a + b, 0) !== sum()) found.push(["planParts", "The instalments add up to " + plain(sums.reduce((a, b) => a + b, 0)) + ", not to " + plain(sum()) + "."]);
        else if (rows().some((row) => row[0] > planUntil)) found.push(["planParts", "The last instalment can be on " + day(planUntil) + " at the latest."]);
      }
      if (WITH_INVOICES.includes(chosen) && !ticked().length) found.push(["invoices", "Tick at least one invoice."]);
      if (chosen === "disputes") {
        need("disputeReason", "Choose what is wrong.");
        need("note", "Say what exactly is wrong.");
      }
      if (chosen === "saysPaid" && need("paidOn", "Enter the day.") && value("paidOn") > today) found.push(["paidOn", "That day is still to come; what will be paid is a promise."]);
      if (chosen === "callBack") need("callAgainOn", "Enter the day.");
      if ((chosen === "callBack" || chosen === "noAnswer") && value("callAgainOn")) {
        const weekday = new Date(value("callAgainOn") + "T00:00:00Z").getUTCDay();
        if (!isBetween(value("callAgainOn"), today, callBackUntil)) found.push(["callAgainOn", "A day from today until " + day(callBackUntil) + "."]);
        else if (weekday === 0 || weekday === 6) found.push(["callAgainOn", "That is a weekend; choose a working day."]);
        else if (value("callAgainOn") === today && !value("callAgainTime")) found.push(["callAgainTime", "Enter the time, since it is today."]);
      } else if (chosen === "noAnswer" && value("callAgainTime")) found.push(["callAgainOn", "Enter the day too."]);
      if (chosen === "handToSenior") need("note", "Say what the senior collector needs to know.");
      return found;
    };

    const answer = () => {
      const value = (name) => field(name).value.trim();
      const chosen = outcome();
      const given = { outcome: chosen, note: value("note") };
      const names = {
        willPay: ["promiseDate"],
        paymentPlan: ["planParts", "planFirstDate", "planRhythm"],
        disputes: ["disputeReason"],
        saysPaid: ["paidOn", "paymentProof"],
        noAnswer: ["callAgainOn", "callAgainTime"],
        callBack: ["callAgainOn", "callAgainTime"],
        wrongNumber: ["correctedPhone"],
      };
      (names[chosen] ?? []).forEach((name) => (given[name] = value(name)));
      if (chosen === "willPay" && value("promiseAmount")) given.promiseAmount = plain(cents(value("promiseAmount")));
      if (chosen === "paymentPlan" && edited) given.instalments = rows().map((row) => row[0] + " " + plain(cents(row[1]))).join("\n");
      const same = ticked().length === call.about.length && call.about.every((number) => ticked().includes(number));
      if (WITH_INVOICES.includes(chosen) && (chosen === "disputes" || !same)) given.invoiceLines = ticked().join("\n");
      return Object.entries(given).filter((one) => one[1]);
    };

    camForm.on("submit", () => {
      if (!call) {
        camForm.submitPrevented = true;
        return;
      }
      clear();
      const found = problems();
      if (found.length) {
        camForm.submitPrevented = true;
        const inputs = found.map(([name, text]) => wrong(name, text));
        inputs[0]?.focus();
        return;
      }
      answer().forEach(([name, value]) => camForm.variableManager.createVariable({ name, type: "String", value }));
    });

    camForm.on("submit-success", () => {
      localStorage.removeItem(key);
      leave();
    });

    // What Tasklist would keep is kept here already.
    camForm.on("store", () => (camForm.storePrevented = true));

    // Enter in a field would complete the task while somebody is still speaking. Ctrl and Enter together are meant.
    form.addEventListener("keypress", (event) => {
      if (event.key === "Enter" && !event.ctrlKey && event.target.matches("input, select")) event.preventDefault();
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      event.stopImmediatePropagation();
    }, true);

    const used = (event) => {
      lastUsed = Date.now();
      if (!call) return;
      const target = event.target;
      if (target.matches('input[type="checkbox"]')) touched = true;
      if (target.dataset.plan) edited = true;
      if (target.name === "outcome") {
        clear();
        show();
        if (outcome() === "paymentPlan" && !edited) computePlan();
      }
      if (["planParts", "planFirstDate", "planRhythm"].includes(target.name) || (target.dataset.number && outcome() === "paymentPlan" && !edited)) computePlan();
      keep();
    };
    form.addEventListener("input", used);
    form.addEventListener("change", used);
    form.addEventListener("pointermove", () => (lastUsed = Date.now()));

    // --- who else is there ---

    const ended = () => {
      clearInterval(beating);
      say("Your session has ended. What you entered is kept on this machine: log in again in another tab, or load this page again.");
    };

    const beat = async () => {
      if (Date.now() - lastUsed > IDLE_AFTER || !token()) return;
      try {
        const answer = await ask(path + "/presence", "POST");
        if (answer.ok) colleagues(await answer.json());
        else if (answer.status === 401 || answer.status === 403) ended();
      } catch (e) {
        // Dunlin cannot be reached for a moment; the next one will.
      }
    };

    const leave = () => {
      clearInterval(beating);
      if (token()) ask(path + "/presence", "DELETE").catch(() => undefined);
    };

    scope.$on("$destroy", () => {
      clearInterval(beating);
      // Another tab of the same task is still the same customer.
      if (!location.hash.includes(task)) leave();
    });

    const begin = async () => {
      forgetOld();
      let answer;
      try {
        answer = await ask(path, "GET");
      } catch (e) {
        say("Dunlin cannot be reached. Load this page again in a moment.");
        return;
      }
      if (!answer.ok) {
        part("loading").hidden = true;
        const problem = await answer.json().catch(() => ({}));
        if (answer.status === 401) ended();
        else say(problem.detail ?? "The customer cannot be shown (" + answer.status + ").");
        return;
      }
      call = await answer.json();
      key = DRAFT + call.you + "." + task;
      part("senior").hidden = !call.call.canHandOn;
      call.reasons.forEach((reason) => {
        const option = element("option", "", reason.words);
        option.value = reason.key;
        field("disputeReason").append(option);
      });
      const { today, promiseUntil, planUntil, callBackUntil } = call.limits;
      [["promiseDate", today, promiseUntil], ["planFirstDate", today, planUntil], ["callAgainOn", today, callBackUntil], ["paidOn", "", today]].forEach(([name, min, max]) => {
        field(name).min = min;
        field(name).max = max;
      });
      who();
      persons();
      script();
      invoices();
      timeline();
      colleagues(call.colleagues);
      restore();
      part("loading").hidden = true;
      part("all").hidden = false;
      beat();
      beating = setInterval(beat, SIGN_OF_LIFE);
    };

    begin();
  };
})();
