// The problems of one file as an editor or a terminal shows them.
import type { Analysis } from '../analysis.ts';
import type { Problem } from '../problems/problem.ts';

/**
 * What to show at the lines of the analysed file. Half-typed code contradicts itself for a moment all the time, so
 * nothing is said while the text does not parse, and the editor says that itself. A problem that lies in an imported module is that file's own, unless
 * a line of this file takes part in it: then it is shown here, and the module's line is the related place.
 */
export function diagnostics(analysis: Analysis): Problem[] {
  if (!analysis.parses) return [];
  const shown = analysis.problems.flatMap(problem => {
    if (problem.at.file === analysis.file) return [problem];
    const here = problem.related.find(place => place.at.file === analysis.file);
    if (!here) return [];
    const related = [{ message: problem.message, at: problem.at }, ...problem.related.filter(place => place !== here)];
    return [{ ...problem, at: here.at, related }];
  });
  return withoutRepeats(shown).sort((a, b) => a.at.start - b.at.start);
}

/** The same sentence at the same place is said once, however often the line is evaluated. */
function withoutRepeats(problems: readonly Problem[]): Problem[] {
  const seen = new Map(problems.map(problem => [`${problem.at.start} ${problem.at.end} ${problem.id} ${problem.message}`, problem]));
  return [...seen.values()];
}
