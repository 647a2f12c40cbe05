// A button beside each address that copies it. Without a script there is none: the address can be marked by hand.
(() => {
  "use strict";
  const offer = (place) => {
    if (place.nextElementSibling?.classList.contains("iga-copy")) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "iga-copy";
    button.textContent = "Copy";
    button.setAttribute("aria-label", `Copy ${place.dataset.copy}`);
    button.addEventListener("click", async () => {
      let said = "Copied";
      try {
        await navigator.clipboard.writeText(place.dataset.copy);
      } catch {
        said = "Not copied";
      }
      button.textContent = said;
      const told = document.getElementById("told");
      if (told) told.textContent = `${said}: ${place.dataset.copy}`;
    });
    place.after(" ", button);
  };
  const offerAll = () => document.querySelectorAll("[data-copy]").forEach(offer);
  document.addEventListener("DOMContentLoaded", offerAll);
  document.addEventListener("htmx:afterSettle", offerAll);
})();
