import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/** One thing that a node or credential tells a person, as it stands in the sources. */
export interface Message {
	/** Its stable name, or '' where it has none. */
	code: string;
	/** The wordings that it has; … stands for what is filled in. */
	says: string[];
	/** What to do, in the wordings that it has. */
	advice: string[];
	/** Below the project's folder, such as nodes/shared/connection.ts. */
	file: string;
}

const FOLDERS = ['nodes', 'credentials'];
const FILLED_IN = '…';

/** All messages of the nodes and credentials: of the tables, and of each `Problem` that is thrown. */
export function collectMessages(root: string): Message[] {
	return FOLDERS.flatMap((folder) =>
		readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
			.filter((file) => file.endsWith('.ts'))
			.sort()
			.flatMap((file) => messagesIn(`${folder}/${file}`, readFileSync(join(root, folder, file), 'utf8'))),
	);
}

interface Parts {
	code?: ts.Expression | undefined;
	says?: ts.Expression | undefined;
	advice?: ts.Expression | undefined;
}

/** The messages of one file of TypeScript. */
export function messagesIn(file: string, text: string): Message[] {
	const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
	const found: Message[] = [];
	const visit = (node: ts.Node): void => {
		const parts = partsOf(node);
		const says = wordings(parts?.says, source).filter((wording) => /\p{L}/u.test(wording));
		if (parts && says.length > 0) {
			const advice = wordings(parts.advice, source).filter((wording) => /\p{L}/u.test(wording));
			found.push({ code: wordings(parts.code, source)[0] ?? '', says, advice, file });
		}
		ts.forEachChild(node, visit);
	};
	visit(source);
	return found;
}

/** Where a node of the syntax tree holds a message: by the four forms in which the sources have one. */
function partsOf(node: ts.Node): Parts | undefined {
	if (ts.isNewExpression(node)) {
		const [first, second, third] = node.arguments ?? [];
		const name = node.expression.getText();
		if (name === 'Problem' || name === 'CredentialProblem') return { says: first, advice: second, code: third };
		if (name === 'NodeOperationError') return { says: second, advice: property(third, 'description') };
	}
	// signIn.ts: problem(code, what, advice)
	if (ts.isCallExpression(node) && node.expression.getText() === 'problem' && node.arguments.length >= 3) {
		const [code, says, advice] = node.arguments;
		return { code, says, advice };
	}
	// A row of a table: { code, message, advice }
	if (ts.isObjectLiteralExpression(node)) {
		const [says, advice] = [property(node, 'message'), property(node, 'advice')];
		if (says && advice) return { says, advice, code: property(node, 'code') };
	}
	return undefined;
}

function property(node: ts.Expression | undefined, name: string): ts.Expression | undefined {
	if (!node || !ts.isObjectLiteralExpression(node)) return undefined;
	const found = node.properties.find((one) => ts.isPropertyAssignment(one) && one.name.getText() === name);
	return found && ts.isPropertyAssignment(found) ? found.initializer : undefined;
}

const product = (left: string[], right: string[]): string[] =>
	left.flatMap((start) => right.map((end) => `${start}${end}`.replace(/…{2,}/g, FILLED_IN)));

/** The texts that an expression can come to. */
function wordings(expression: ts.Expression | undefined, source: ts.SourceFile): string[] {
	if (!expression) return [];
	const all = (...parts: ts.Expression[]) => [...new Set(parts.flatMap((part) => wordings(part, source)))];
	if (ts.isStringLiteralLike(expression)) return [expression.text];
	if (ts.isParenthesizedExpression(expression)) return all(expression.expression);
	if (ts.isConditionalExpression(expression)) return all(expression.whenTrue, expression.whenFalse);
	if (ts.isTemplateExpression(expression)) {
		return expression.templateSpans.reduce(
			(start, span) => product(product(start, filling(span.expression, source)), [span.literal.text]),
			[expression.head.text],
		);
	}
	if (ts.isBinaryExpression(expression)) {
		const { left, operatorToken, right } = expression;
		if (operatorToken.kind === ts.SyntaxKind.PlusToken) return product(wordings(left, source), wordings(right, source));
		if (operatorToken.kind === ts.SyntaxKind.QuestionQuestionToken) return all(left, right);
	}
	if (ts.isArrowFunction(expression)) {
		return ts.isBlock(expression.body) ? all(...returned(expression.body)) : all(expression.body);
	}
	if (ts.isIdentifier(expression)) {
		const value = constant(expression.text, source);
		if (value) return all(value);
	}
	return [FILLED_IN];
}

/** What a template fills in: the texts of a choice or a constant, else anything. */
function filling(expression: ts.Expression, source: ts.SourceFile): string[] {
	const isChoice = ts.isConditionalExpression(expression) || ts.isIdentifier(expression);
	return isChoice ? wordings(expression, source) : [FILLED_IN];
}

function returned(block: ts.Block): ts.Expression[] {
	const found: ts.Expression[] = [];
	const visit = (node: ts.Node): void => {
		if (ts.isReturnStatement(node) && node.expression) found.push(node.expression);
		else ts.forEachChild(node, visit);
	};
	visit(block);
	return found;
}

/** The text of a constant of the file, where it is one. */
function constant(name: string, source: ts.SourceFile): ts.Expression | undefined {
	for (const statement of source.statements) {
		if (!ts.isVariableStatement(statement)) continue;
		const found = statement.declarationList.declarations.find((one) => one.name.getText() === name);
		const value = found?.initializer;
		if (value && (ts.isStringLiteralLike(value) || ts.isTemplateExpression(value))) return value;
	}
	return undefined;
}
