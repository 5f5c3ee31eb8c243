// Keeps what waits for a decision up to date; without it every page still works.
"use strict";

const LIVE_MS = 2000;
const COUNTS_MS = 5000;
const SETTLE_MS = 700; // no key moves under a finger: what just changed takes no touch yet

async function get(address) {
  const answer = await fetch(address, { credentials: "same-origin", redirect: "error" });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer;
}

function keys(list) {
  return Array.from(list.querySelectorAll("[data-key]"), (each) => each.dataset.key).join(" ");
}

async function refreshLive(live) {
  const text = await (await get(live.dataset.refresh)).text();
  const fresh = new DOMParser().parseFromString(text, "text/html").getElementById("live");
  if (!fresh) return;
  if (keys(fresh) === keys(live)) {
    const ages = fresh.querySelectorAll("[data-age]");
    live.querySelectorAll("[data-age]").forEach((each, at) => { each.textContent = ages[at].textContent; });
    return;
  }
  live.replaceChildren(...fresh.children);
  live.classList.add("settling");
  setTimeout(() => live.classList.remove("settling"), SETTLE_MS);
}

async function refreshCounts(tabs) {
  const counts = await (await get(tabs.dataset.counts)).json();
  for (const each of tabs.querySelectorAll("[data-count]")) {
    const count = counts[each.dataset.count];
    each.textContent = count;
    each.hidden = count === 0;
  }
}

function every(milliseconds, work) {
  const round = async () => {
    let goesOn = true;
    if (!document.hidden) {
      try {
        await work();
        document.body.classList.remove("stale");
      } catch (error) {
        if (error.message === "401" || error.message === "403") goesOn = false;
        document.body.classList.add("stale");
      }
    }
    if (goesOn) setTimeout(round, milliseconds);
  };
  setTimeout(round, milliseconds);
}

const live = document.getElementById("live");
const tabs = document.querySelector("[data-counts]");
if (live) every(LIVE_MS, () => refreshLive(live));
if (tabs) every(COUNTS_MS, () => refreshCounts(tabs));

// A form goes out once, however often its key is touched.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "yes";
});
window.addEventListener("pageshow", () => {
  for (const form of document.forms) delete form.dataset.sent;
});
