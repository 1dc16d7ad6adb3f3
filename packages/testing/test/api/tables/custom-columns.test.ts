import { expect, test } from 'vitest';
import { objectTable } from '../../../src/api/tables/object-table.ts';
import type { PrinterColumn, ResourceKind } from '../../../src/state/resource-kind.ts';
import { cellsOf, minutesAgo } from './helpers/cells.ts';

function kindWith(...printerColumns: PrinterColumn[]): ResourceKind {
  const names = { kind: 'Gadget', resource: 'gadgets', singular: 'gadget' };
  return {
    group: 'example.com',
    version: 'v1',
    ...names,
    namespaced: true,
    verbs: ['get'],
    isCustom: true,
    printerColumns,
  };
}

test('a custom kind without printer columns shows name and age', () => {
  expect(cellsOf(kindWith(), {})).toEqual(['web', '5m']);
});

test('a custom kind that is called as a built-in one is shown as its own columns say', () => {
  const kind = { ...kindWith({ name: 'X', jsonPath: '.spec.x' }), kind: 'Pod', group: '' };
  expect(cellsOf(kind, { spec: { x: 'y' }, status: { phase: 'Running' } })).toEqual(['web', 'y']);
});

test('printer columns are defined with their type and priority', () => {
  const kind = kindWith(
    { name: 'Replicas', type: 'integer', jsonPath: '.a' },
    { name: 'X', jsonPath: '.b', priority: 1 },
  );
  const table = objectTable({ kind, objects: [], resourceVersion: '1', includeObject: 'None' });
  expect(table.columnDefinitions).toEqual([
    { name: 'Name', type: 'string', format: 'name', description: '', priority: 0 },
    { name: 'Replicas', type: 'integer', format: '', description: '', priority: 0 },
    { name: 'X', type: 'string', format: '', description: '', priority: 1 },
  ]);
});

test.each([
  ['string', 'text', 'text'],
  ['string', 2.5, '2.5'],
  ['string', false, 'false'],
  ['string', [1, { a: 'b' }], '[1,{"a":"b"}]'],
  ['string', null, '<no value>'],
  ['string', undefined, null],
  ['integer', 3, 3],
  ['integer', 2.7, 2],
  ['integer', '3', null],
  ['integer', null, null],
  ['number', 2.5, 2.5],
  ['number', true, null],
  ['boolean', false, false],
  ['boolean', 'true', null],
  ['date', minutesAgo(60), '60m'],
  ['date', '', '<unknown>'],
  ['date', '2020-01-02', '<invalid>'],
  ['date', '2020-99-02T00:00:00Z', '<invalid>'],
  ['date', 7, null],
  ['unheard-of', 'text', null],
])('in a column of the type %s, %j is shown as %j', (type, value, expected) => {
  const kind = kindWith({ name: 'Value', type, jsonPath: '.spec.value' });
  expect(cellsOf(kind, { spec: { value } })).toEqual(['web', expected]);
});
