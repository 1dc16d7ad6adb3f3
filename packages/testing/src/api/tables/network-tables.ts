import type { KubernetesObject } from '../../state/kubernetes-object.ts';
import { selectorText } from './selector-text.ts';
import { loadBalancerAddresses } from './service-tables.ts';
import { AGE, at, firstFew, list, NAME, NONE, type TableLayouts, text } from './table-layout.ts';

/** The columns of ingresses, their classes and network policies, as the real API server prints them. */
export const NETWORK_TABLES: TableLayouts = {
  'networking.k8s.io/Ingress': [
    NAME,
    { name: 'Class', cell: (object) => text(object, ['spec', 'ingressClassName']) },
    { name: 'Hosts', cell: hosts },
    { name: 'Address', cell: loadBalancerAddresses },
    { name: 'Ports', cell: (object) => (list(object, 'spec', 'tls').length > 0 ? '80, 443' : '80') },
    AGE,
  ],
  'networking.k8s.io/IngressClass': [
    NAME,
    { name: 'Controller', cell: (object) => text(object, ['spec', 'controller'], '') },
    { name: 'Parameters', cell: parameters },
    AGE,
  ],
  'networking.k8s.io/NetworkPolicy': [
    NAME,
    { name: 'Pod-Selector', cell: (object) => selectorText(at(object, 'spec', 'podSelector')) },
    AGE,
  ],
};

const SHOWN_HOSTS = 3;

function hosts(ingress: KubernetesObject): string {
  const rules = list(ingress, 'spec', 'rules').map((rule) => text(rule, ['host'], ''));
  const named = [...rules.entries()].filter(([, host]) => host !== '');
  if (named.length === 0) return '*';
  // Once as many hosts as are shown are found, every rule counts as one more, even one without a host.
  const full = named[SHOWN_HOSTS - 1]?.[0] ?? rules.length;
  const total = full < rules.length - 1 ? rules.length : named.length;
  return firstFew(
    named.map(([, host]) => host),
    { max: SHOWN_HOSTS, total },
  );
}

function parameters(ingressClass: KubernetesObject): string {
  const value = at(ingressClass, 'spec', 'parameters');
  if (typeof value !== 'object' || value === null) return NONE;
  const group = text(value, ['apiGroup'], '');
  return `${text(value, ['kind'], '')}${group === '' ? '' : `.${group}`}/${text(value, ['name'], '')}`;
}
