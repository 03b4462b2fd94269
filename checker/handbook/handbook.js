"use strict";
const editions = [...document.querySelectorAll("main")];
const buttons = [...document.querySelectorAll("header button")];

// Without this script all languages stand below one another, and every link leads to its place.
function choose(language) {
  for (const edition of editions) {
    edition.classList.remove("other");
    edition.hidden = edition.lang !== language;
  }
  for (const button of buttons) button.setAttribute("aria-pressed", String(button.lang === language));
  document.documentElement.lang = language;
  document.title = editions.find((edition) => edition.lang === language).querySelector("h1").textContent;
}

// A link to a rule opens the language that it is written in.
function follow() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const edition = target && target.closest("main");
  if (!edition) return false;
  choose(edition.lang);
  target.scrollIntoView();
  return true;
}

document.documentElement.classList.add("chosen");
for (const button of buttons) {
  button.addEventListener("click", () => {
    // The same rule in the other language, where one was linked to.
    const rest = location.hash.slice(1).split("-").slice(1).join("-");
    choose(button.lang);
    if (rest) location.hash = `${button.lang}-${rest}`;
  });
}
window.addEventListener("hashchange", follow);
if (!follow()) choose(editions[0].lang);
