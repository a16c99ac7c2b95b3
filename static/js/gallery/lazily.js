// @ts-check
/**
 * Pictures are fetched when they come into view, or nearly so. Browsers' own lazy loading begins 2500 px before on a slow
 * line, which is a whole page of tiles. What is printed is fetched at once.
 */

const NEARLY = "20% 0px";

const sight = new IntersectionObserver((entries) => entries.forEach((entry) => entry.isIntersecting && fetchNow(entry.target)), { rootMargin: NEARLY });

/** @param {Element} image */
function fetchNow(image) {
  sight.unobserve(image);
  const { src, srcset } = /** @type {HTMLElement} */ (image).dataset;
  if (srcset) image.setAttribute("srcset", srcset);
  if (src) image.setAttribute("src", src);
  image.removeAttribute("data-src");
  image.removeAttribute("data-srcset");
}

const waiting = () => document.querySelectorAll("img[data-src]");
const watch = () => waiting().forEach((image) => sight.observe(image));

document.addEventListener("htmx:after:swap", watch);
window.addEventListener("beforeprint", () => waiting().forEach(fetchNow));
watch();
