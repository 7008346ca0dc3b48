// The one script. Pages work without it; with it they have typeahead, keys, live facets, copying, streamed answers.
"use strict";

const setNames = {
  icd10cm: "ICD-10-CM", icd10pcs: "ICD-10-PCS", hcpcs: "HCPCS", cpt: "CPT®", icd9cm: "ICD-9-CM",
  "hcpcs-modifier": "HCPCS modifier", "cpt-modifier": "CPT® modifier",
};

function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

// What screen readers are told without a change of focus.
const announcer = element("p", { class: "unseen", "aria-live": "polite" });
document.body.append(announcer);

// A title with its matched parts marked; highlights count Unicode scalars, as the server does.
function marked(title, highlights = []) {
  const scalars = Array.from(title);
  const out = element("span", { class: "said" });
  let position = 0;
  for (const { start = 0, end = 0 } of highlights) {
    if (start < position || end <= start || end > scalars.length) continue;
    out.append(scalars.slice(position, start).join(""));
    out.append(element("mark", {}, scalars.slice(start, end).join("")));
    position = end;
  }
  out.append(scalars.slice(position).join(""));
  return out;
}

// Typeahead: a combobox with a list box (WAI-ARIA Authoring Practices), fed by GET /v1/suggest.
function typeahead(input, number) {
  const list = element("ul", { class: "hints", role: "listbox", id: `hints-${number}`, "aria-label": "Matching codes" });
  list.hidden = true;
  input.parentElement.append(list);
  const attributes = {
    role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id,
    autocomplete: "off", spellcheck: "false",
  };
  for (const [key, value] of Object.entries(attributes)) input.setAttribute(key, value);
  let active = -1;
  let asked = null;

  const close = () => {
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const choose = (index) => {
    asked?.abort(); // Whoever chooses has what is wanted in view: a late answer must not take it away.
    const options = [...list.children];
    active = index;
    options.forEach((option, at) => option.setAttribute("aria-selected", at === active));
    if (active < 0) return input.removeAttribute("aria-activedescendant");
    input.setAttribute("aria-activedescendant", options[active].id);
    options[active].scrollIntoView({ block: "nearest" });
  };
  const show = (hits) => {
    list.replaceChildren(...hits.map((hit, at) => {
      const option = element("li", { role: "option", id: `${list.id}-${at}`, "aria-selected": "false" },
        element("span", { class: "code" }, hit.code), marked(hit.title || "", hit.highlights),
        element("span", { class: "quiet" }, setNames[hit.system] || hit.system));
      option.dataset.href = `/codes/${encodeURIComponent(hit.system)}/${encodeURIComponent(hit.code)}`;
      return option;
    }));
    active = -1;
    input.removeAttribute("aria-activedescendant");
    list.hidden = hits.length === 0;
    input.setAttribute("aria-expanded", String(hits.length > 0));
    announcer.textContent = hits.length === 0 ? "" : `${hits.length} suggestions; arrow keys choose`;
  };
  const ask = async () => {
    asked?.abort();
    const words = input.value.trim();
    if (words.length < 2) return close();
    asked = new AbortController();
    const system = input.form?.elements.system?.value || "";
    const query = new URLSearchParams({ q: words.slice(0, 500), system, page_size: "8" });
    try {
      const reply = await fetch(`/v1/suggest?${query}`, { signal: asked.signal });
      if (reply.ok && document.activeElement === input) show((await reply.json()).hits || []);
    } catch (error) {
      if (error.name !== "AbortError") close(); // Typeahead is an extra: the form itself still works.
    }
  };

  input.addEventListener("input", ask);
  input.addEventListener("blur", close);
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("li");
    if (option) location.assign(option.dataset.href);
  });
  input.addEventListener("keydown", (event) => {
    const count = list.children.length;
    if (event.key === "ArrowDown" && list.hidden) ask();
    else if (event.key === "ArrowDown") choose(active + 1 < count ? active + 1 : -1);
    else if (event.key === "ArrowUp" && !list.hidden) choose(active < 0 ? count - 1 : active - 1);
    else if (event.key === "Escape" && !list.hidden) close();
    else if (event.key === "Enter" && active >= 0) location.assign(list.children[active].dataset.href);
    else return;
    event.preventDefault();
  });
}

// Help in a dialog: the page /help itself, so that its words stand in one place.
async function help() {
  let dialog = document.getElementById("help-dialog");
  if (!dialog) {
    const reply = await fetch("/help");
    const page = new DOMParser().parseFromString(await reply.text(), "text/html").querySelector("main");
    if (!reply.ok || !page) return location.assign("/help");
    const shut = element("button", { class: "second" }, "Close");
    dialog = element("dialog", { id: "help-dialog", "aria-label": "Help" }, ...page.childNodes, shut);
    shut.addEventListener("click", () => dialog.close());
    document.body.append(dialog);
  }
  dialog.showModal();
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select, dialog")) return;
  if (event.key === "/") {
    const field = document.querySelector("main input[name=q]") || document.querySelector(".find input");
    field?.focus();
    field?.select();
  } else if (event.key === "?") help();
  else return;
  event.preventDefault();
});

document.addEventListener("click", async (event) => {
  const button = event.target.closest("button");
  if (button?.dataset.copy !== undefined) {
    const words = button.textContent;
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
      button.textContent = "Copied";
    } catch {
      button.textContent = "Copying is not allowed here";
    }
    announcer.textContent = button.textContent;
    setTimeout(() => { button.textContent = words; }, 1800);
  } else if (button?.dataset.print !== undefined) print();
  const link = event.target.closest("main[data-live] :is(.facets, .pages, .topics) a");
  if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    swap(link.href, true, nameOf(link));
  }
});

// What a link is found again by on the page that follows: its address is another there.
const nameOf = (link) => link.dataset.key || link.querySelector("span")?.textContent || link.textContent;

// Live facets: the same page is asked for and takes the present one's place, with its address.
async function swap(address, isNew, key) {
  const main = document.querySelector("main");
  main.setAttribute("aria-busy", "true");
  try {
    const reply = await fetch(address);
    const page = new DOMParser().parseFromString(await reply.text(), "text/html");
    const fresh = page.querySelector("main[data-live]");
    if (!fresh) return location.assign(address);
    main.replaceWith(fresh);
    document.title = page.title;
    if (isNew) history.pushState({ live: true }, "", address);
    wire(fresh);
    if (key) [...fresh.querySelectorAll(".facets a, .pages a")].find((link) => nameOf(link) === key)?.focus();
    announcer.textContent = fresh.querySelector("[role=status]")?.textContent || "";
  } catch {
    location.assign(address);
  }
}
addEventListener("popstate", () => {
  if (document.querySelector("main[data-live]")) swap(location.href, false);
});

// The events of a stream (HTML Standard, Server-Sent Events), as they come.
async function* events(reply) {
  const reader = reply.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    rest += value.replaceAll("\r", "");
    for (let end = rest.indexOf("\n\n"); end >= 0; end = rest.indexOf("\n\n")) {
      const fields = { event: "message", data: "" };
      for (const line of rest.slice(0, end).split("\n")) {
        const [, name, text] = line.match(/^(event|data): ?(.*)$/) || [];
        if (name === "event") fields.event = text;
        if (name === "data") fields.data += text;
      }
      rest = rest.slice(end + 2);
      if (fields.data) yield { name: fields.event, data: JSON.parse(fields.data) };
    }
  }
}

// CasePilot's steps and sentences while it works. At the end the conversation's own page takes over; whatever goes wrong,
// the form is sent as without a script, under the same number, so that nothing is charged twice.
async function ask(form) {
  const fields = Object.fromEntries(new FormData(form));
  const steps = element("ol", { class: "steps" });
  const answer = element("section", { class: "answer", "aria-label": "Answer", "aria-busy": "true" }, steps);
  const chat = document.querySelector("[data-chat]") || element("ol", { class: "chat", "data-chat": "" });
  if (!chat.isConnected) form.before(chat);
  chat.append(element("li", {}, element("p", { class: "question" }, fields.question.trim()), answer));
  announcer.textContent = "CasePilot is working on it";
  try {
    const reply = await fetch("/v1/assistant:stream", {
      method: "POST",
      headers: { "Content-Type": "application/json", "Idempotency-Key": fields.once },
      body: JSON.stringify({
        question: fields.question.trim(), code: fields.code || "", conversation: fields.conversation || "",
        dateOfService: fields.on || "",
      }),
    });
    if (!reply.ok) throw new Error(`status ${reply.status}`);
    for await (const { name, data } of events(reply)) {
      if (name === "step") {
        const words = `${data.tool}: ${data.about || ""}`;
        const line = [...steps.children].find((step) => step.textContent === words) || element("li", {}, words);
        if (data.outcome) line.dataset.done = data.outcome;
        steps.append(line);
      } else if (name === "sentence") {
        const marks = (data.citations || []).flatMap((number) => [" ", element("span", { class: "cite" }, String(number))]);
        answer.append(element("p", {}, data.text, ...marks));
        announcer.textContent = data.text;
      } else if (name === "done" && data.conversation) {
        return location.assign(`/casepilot/${encodeURIComponent(data.conversation)}`);
      } else if (name === "done" || name === "error") break;
    }
  } catch { /* sent again below */ }
  form.submit();
}

// A form that is on its way is not sent twice; coming back by the Back button opens it again.
document.addEventListener("submit", (event) => {
  if (event.defaultPrevented || event.target.method !== "post") return;
  if (event.target.dataset.ask !== undefined) {
    event.preventDefault();
    ask(event.target);
  }
  for (const button of event.target.querySelectorAll("button")) setTimeout(() => { button.disabled = true; });
});
addEventListener("pageshow", () => {
  for (const button of document.querySelectorAll("button:disabled")) button.disabled = false;
});

let fields = 0;
function wire(part) {
  for (const input of part.querySelectorAll("input[data-suggest]")) typeahead(input, fields++);
}
wire(document);
