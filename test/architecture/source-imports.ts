import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

/** The repository's folder. */
export const ROOT: string = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

/** One import, re-export or `import()` in a source file. */
export interface SourceImport {
  /** The importing file, from the repository's folder, with slashes. */
  readonly file: string;
  /** What it imports, as written. */
  readonly specifier: string;
  /** Where a relative import leads, from the repository's folder; `undefined` for a package. */
  readonly target: string | undefined;
  /** The package that a bare import names, without its subpath; `undefined` for a relative import and for Node's own modules. */
  readonly packageName: string | undefined;
  /** Nothing of it is left at run time. */
  readonly isTypeOnly: boolean;
  /** An `import()` that is loaded when it is reached. */
  readonly isDynamic: boolean;
}

/** Every source file of a package, from the repository's folder, with slashes. */
export function sourceFiles(packageName: string): readonly string[] {
  const folder = join(ROOT, 'packages', packageName, 'src');
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.[cm]?tsx?$/.test(file))
    .map((file) => relative(ROOT, join(folder, file)).split(sep).join('/'))
    .sort();
}

/** The imports of a package's sources. */
export function sourceImports(packageName: string): readonly SourceImport[] {
  return sourceFiles(packageName).flatMap((file) => importsOf({ file, text: readFileSync(join(ROOT, file), 'utf8') }));
}

/** The imports in the text of one file. */
export function importsOf(source: { readonly file: string; readonly text: string }): readonly SourceImport[] {
  const found: SourceImport[] = [];
  const add = (node: ts.Node | undefined, kind: Pick<SourceImport, 'isTypeOnly' | 'isDynamic'>): void => {
    const specifier = node && ts.isStringLiteralLike(node) ? node.text : '(an expression)';
    const isRelative = specifier.startsWith('.');
    found.push({
      file: source.file,
      specifier,
      target: isRelative ? posix.join(posix.dirname(source.file), specifier) : undefined,
      packageName: isRelative || specifier.startsWith('node:') ? undefined : packageOf(specifier),
      ...kind,
    });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) {
      const isTypeOnly = node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword;
      add(node.moduleSpecifier, { isTypeOnly, isDynamic: false });
    } else if (ts.isExportDeclaration(node) && node.moduleSpecifier) {
      add(node.moduleSpecifier, { isTypeOnly: node.isTypeOnly, isDynamic: false });
    } else if (ts.isImportTypeNode(node)) {
      add(ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined, {
        isTypeOnly: true,
        isDynamic: false,
      });
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      add(node.arguments[0], { isTypeOnly: false, isDynamic: true });
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(source.file, source.text, ts.ScriptTarget.Latest));
  return found;
}

function packageOf(specifier: string): string {
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
}
