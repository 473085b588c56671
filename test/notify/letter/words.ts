/** The words of a plain text mail: without the marks of lists, bars, and addresses behind their labels. */
export function wordsOfText(text: string): readonly string[] {
  return text
    .replace(/^- /gm, '')
    .replace(/[█░]{10}/g, ' ')
    .replace(/^(\S.*?):\s+https?:\S+(.*)$/gm, (_line, label: string) => label)
    .split(/\s+/)
    .filter((word) => word !== '');
}

/** What a reader of an HTML mail reads. */
export function wordsOfHtml(html: string): readonly string[] {
  return html
    .replace(/<head>.*<\/head>/s, ' ')
    .replace(/<\/?(span|strong|bdi|a|code)\b[^>]*>/g, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&(lt|gt|quot|#39|nbsp|amp);/g, (_all, name: string) => ENTITIES[name] ?? '')
    .split(/\s+/)
    .filter((word) => word !== '');
}

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', '#39': "'", nbsp: ' ', amp: '&' };
