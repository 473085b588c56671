// A page that shows a mail as wide as a phone, in light and in dark mode side by side, and says how it is rendered.

export const PHONE_WIDTH = 390;
export const MODES = ['light', 'dark'] as const;

/** A piece of text as it is rendered: its colours are `[red, green, blue]` of 0 to 255. */
export interface RenderedText {
  readonly text: string;
  readonly ink: readonly [number, number, number];
  readonly ground: readonly [number, number, number];
  /** 24 pixels, or 18.66 in bold, count as large. */
  readonly large: boolean;
  readonly size: number;
}

export interface RenderedMail {
  readonly mode: (typeof MODES)[number];
  readonly dark: boolean;
  readonly width: number;
  readonly scrollWidth: number;
  readonly height: number;
  /** Elements that reach beyond the screen. */
  readonly beyond: readonly string[];
  readonly scripts: number;
  readonly texts: readonly RenderedText[];
}

const attribute = (html: string): string => html.replaceAll('&', '&amp;').replaceAll('"', '&quot;');

/** @param height of each mail in pixels */
export function phonePage(html: string, height: number): string {
  const frames = MODES.map(
    (mode) =>
      `<iframe id="${mode}" width="${PHONE_WIDTH}" height="${height}" style="color-scheme:${mode}" srcdoc="${attribute(html)}"></iframe>`,
  );
  return `<!DOCTYPE html><html><head><meta charset="utf-8"><style>
:root{color-scheme:light dark}body{margin:0;background:#8a94a3;display:flex}iframe{border:0;display:block;flex:none}
</style></head><body>${frames.join('')}<pre id="rendered" hidden></pre><script>
const rgb = (text) => { const [r, g, b, a = 1] = text.match(/[\\d.]+/g).map(Number); return { rgb: [r, g, b], a }; };
function ground(element) {
  for (let at = element; at; at = at.parentElement) {
    const { rgb: colour, a } = rgb(at.ownerDocument.defaultView.getComputedStyle(at).backgroundColor);
    if (a === 1) return colour;
    if (a !== 0) throw new Error('a ground that shines through');
  }
  return [255, 255, 255];
}
function rendered(mode) {
  const { contentWindow: view, contentDocument: page } = document.getElementById(mode);
  const walker = page.createTreeWalker(page.body, view.NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode()) {
    const text = walker.currentNode.data.trim();
    const parent = walker.currentNode.parentElement;
    if (text === '' || parent.closest('[aria-hidden]')) continue;
    const style = view.getComputedStyle(parent);
    const size = parseFloat(style.fontSize);
    texts.push({ text, ink: rgb(style.color).rgb, ground: ground(parent), size, large: size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700) });
  }
  const beyond = [...page.querySelectorAll('body *')]
    .filter((each) => each.getBoundingClientRect().right > view.innerWidth + 0.5 || each.getBoundingClientRect().left < -0.5)
    .map((each) => each.tagName + ' ' + each.textContent.slice(0, 40));
  return { mode, dark: view.matchMedia('(prefers-color-scheme: dark)').matches, width: view.innerWidth,
    scrollWidth: page.documentElement.scrollWidth, height: Math.ceil(page.body.getBoundingClientRect().height),
    beyond, scripts: page.scripts.length, texts };
}
addEventListener('load', () => {
  document.getElementById('rendered').textContent = JSON.stringify(${JSON.stringify(MODES)}.map(rendered));
});
</script></body></html>`;
}

/** What a loaded {@link phonePage} says. */
export function renderedIn(dom: string): readonly RenderedMail[] {
  const [, json = ''] = /<pre id="rendered"[^>]*>(.*?)<\/pre>/s.exec(dom) ?? [];
  const plain = json.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&nbsp;', ' ').replaceAll('&amp;', '&');
  return JSON.parse(plain);
}

/** Contrast of two colours, 1 to 21. @see https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
export function contrast(a: RenderedText['ink'], b: RenderedText['ink']): number {
  const [lighter = 0, darker = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance(colour: RenderedText['ink']): number {
  const [red = 0, green = 0, blue = 0] = colour.map((each) => {
    const share = each / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
