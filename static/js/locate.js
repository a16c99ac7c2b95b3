// @ts-check
/**
 * Where and when, by the phone. <button data-locate> writes its place into lat, lon and accuracy_m, on a tap only, and gives
 * up after 8 s; with data-near the unit list of the same form then shows the nearest units first. <input data-captured-at>
 * gets the phone's time with its offset when the form is first touched; without it the server's time counts.
 */

const PATIENCE_MS = 8000;

/** @param {ParentNode} root */
function show(root) {
  root.querySelectorAll("[data-locate]").forEach((button) => {
    if ("geolocation" in navigator) button.removeAttribute("hidden");
  });
}

/**
 * @param {HTMLElement} place
 * @param {GeolocationCoordinates} coords
 */
function write(place, coords) {
  const values = { lat: coords.latitude.toFixed(6), lon: coords.longitude.toFixed(6), accuracy_m: String(Math.round(coords.accuracy)) };
  Object.entries(values).forEach(([name, value]) => {
    const input = /** @type {HTMLInputElement | null} */ (place.querySelector(`[name="${name}"]`));
    if (input) input.value = value;
  });
}

/**
 * @param {HTMLElement} place
 * @param {GeolocationCoordinates} coords
 */
function askNearest(place, coords) {
  const form = place.closest("form");
  const units = /** @type {HTMLElement | null} */ (form && form.querySelector("[data-units]"));
  const list = units && units.querySelector("[data-unit-options]");
  const htmx = /** @type {any} */ (window).htmx;
  if (!units || !list || !htmx) return;
  const near = `${coords.latitude.toFixed(4)},${coords.longitude.toFixed(4)}`;
  const query = new URLSearchParams({ near, name: units.dataset.name || "unit" });
  htmx.ajax("GET", `${units.dataset.units}?${query}`, { target: list, swap: "outerHTML", source: list });
}

/** @param {HTMLElement} button */
function locate(button) {
  const place = /** @type {HTMLElement | null} */ (button.closest("[data-place]"));
  const said = place && place.querySelector("[data-said]");
  if (!place || !said) return;
  const words = button.dataset;
  said.textContent = words.saidAsking || "";
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => {
      write(place, coords);
      said.textContent = (words.saidDone || "").replace("{n}", String(Math.round(coords.accuracy)));
      if (words.near !== undefined) askNearest(place, coords);
    },
    (refusal) => {
      said.textContent = (refusal.code === refusal.PERMISSION_DENIED ? words.saidDenied : words.saidFailed) || "";
    },
    { enableHighAccuracy: true, timeout: PATIENCE_MS, maximumAge: 60000 },
  );
}

/** @param {Date} now */
function withOffset(now) {
  const east = -now.getTimezoneOffset();
  const local = new Date(now.getTime() + east * 60000).toISOString().slice(0, 19);
  const pair = [Math.abs(east) / 60, Math.abs(east) % 60].map((n) => String(Math.floor(n)).padStart(2, "0"));
  return `${local}${east < 0 ? "-" : "+"}${pair.join(":")}`;
}

document.addEventListener("input", (event) => {
  const form = /** @type {Element} */ (event.target).closest("form");
  const moment = /** @type {HTMLInputElement | null} */ (form && form.querySelector("[data-captured-at]"));
  if (moment && !moment.value) moment.value = withOffset(new Date());
});
document.addEventListener("click", (event) => {
  const button = /** @type {Element} */ (event.target).closest("[data-locate]");
  if (button) locate(/** @type {HTMLElement} */ (button));
});
document.addEventListener("htmx:after:swap", () => show(document));
show(document);
