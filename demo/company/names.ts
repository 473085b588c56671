/** Invented client companies; any likeness is chance. */
export const CLIENTS = [
  'Bäckerei Sonnenfeld GmbH',
  'Fjordline Logistik AG',
  'Kranich Versicherung',
  'Müller Feinmechanik KG',
  'Stadtwerke Birkenau',
  'Tannhof Kliniken',
  'Ölmühle Grünau eG',
  'Weißdorn Möbel GmbH',
  'Zephyr Energie AG',
  'Lindwurm Games GmbH',
  'Hafenkontor Ost',
  'Alpenquell Getränke',
] as const;

export const TEAMS = ['Cloud', 'Data', 'Integration', 'Managed services'] as const;

/** Employee number of the person at `index`, from 0. */
export function employeeNo(index: number): string {
  return `N-${String(100 + index)}`;
}
