import type { DeliveredFile } from './delivered-file.js';
import { LEVELS } from './levels.js';
import { employeeNo, TEAMS } from './names.js';
import { csvRecord, germanDate, germanDecimal } from './plain-text.js';
import { createRandom, type Random, splitTotal } from './random.js';
import { type Day, dayOfMonth, type Timeline } from './timeline.js';

const UTF8_FILE = { encoding: 'utf8-bom', lineEnd: '\n' } as const;

const COURSES = [
  'Cloud-Grundlagen',
  'Datenmodellierung',
  'Führungskräfte im Gespräch',
  'Sichere Softwareentwicklung',
  'Temporal workflows',
] as const;

/** Files that share a header, by the part of the date that names them; a file grows by the rows of each day. */
class FileSeries {
  readonly #prefix: string;
  readonly #header: string;
  readonly #lines = new Map<string, string[]>();

  constructor(prefix: string, header: readonly string[]) {
    this.#prefix = prefix;
    this.#header = csvRecord(header);
  }

  add(name: string, record: readonly string[]): void {
    const lines = this.#lines.get(name) ?? [this.#header];
    lines.push(csvRecord(record));
    this.#lines.set(name, lines);
  }

  files(): readonly DeliveredFile[] {
    return [...this.#lines].map(([name, lines]) => ({
      ...UTF8_FILE,
      path: `training/${this.#prefix}-${name}.csv`,
      lines,
    }));
  }
}

/** The learning platform: course hours and reuse of articles. Its export stopped; see {@link Timeline}. */
function platformFiles(timeline: Timeline, seed: number): readonly DeliveredFile[] {
  const random = createRandom(seed, 'learning-platform');
  const hours = new FileSeries('lernplattform', ['Datum', 'Mitarbeiter', 'Kurs', 'Stunden']);
  const articles = new FileSeries('wissensartikel', ['Datum', 'Artikel', 'Wiederverwendungen']);
  for (const day of timeline.days.filter(({ date }) => date < timeline.platformSilentFrom)) {
    addCourses(hours, random, day);
    addArticles(articles, random, day);
  }
  return [...hours.files(), ...articles.files()];
}

function addCourses(series: FileSeries, random: Random, day: Day): void {
  const quarters = LEVELS.trainingQuarterHours(day.monthsAgo) + random.int(-3, 6);
  for (const share of splitTotal(random, quarters, random.int(6, 10))) {
    const person = employeeNo(random.int(0, 35));
    series.add(day.date.slice(0, 7), [germanDate(day.date), person, random.pick(COURSES), germanDecimal(share * 25)]);
  }
}

function addArticles(series: FileSeries, random: Random, day: Day): void {
  const reuses = LEVELS.reusedArticlesPerDay(day.monthsAgo) + random.int(-1, 2);
  for (const share of splitTotal(random, reuses, 5)) {
    const article = `KB-${String(random.int(1, 240)).padStart(4, '0')}`;
    series.add(day.date.slice(0, 7), [germanDate(day.date), article, String(share)]);
  }
}

/** The quarterly pulse survey, answered in the second month of a quarter. */
function surveyFiles(timeline: Timeline, seed: number): readonly DeliveredFile[] {
  const random = createRandom(seed, 'survey');
  const series = new FileSeries('pulse-survey', ['answered_on', 'team', 'engagement']);
  for (const month of timeline.months) {
    const number = Number.parseInt(month.id.slice(5), 10);
    if (number % 3 !== 2) continue;
    const level = LEVELS.engagementTenths(month.monthsAgo);
    for (let pair = 0; pair < 18; pair += 1) {
      const spread = random.int(0, 18);
      for (const tenths of [level - spread, level + spread]) {
        const date = dayOfMonth(month, random.int(5, 16));
        const record = [germanDate(date), random.pick(TEAMS), `${Math.floor(tenths / 10)},${tenths % 10}`];
        if (date <= timeline.yesterday) series.add(`${month.id.slice(0, 4)}-Q${Math.ceil(number / 3)}`, record);
      }
    }
  }
  return series.files();
}

export function trainingFiles(timeline: Timeline, seed: number): readonly DeliveredFile[] {
  return [...platformFiles(timeline, seed), ...surveyFiles(timeline, seed)];
}
