// Reads a JSON array of Kubernetes objects and prints a JSON array, one entry each: null if there is no schema of its
// kind here, else what is wrong with it, "" for nothing.
import { readFileSync } from 'node:fs';

const OPERATORS = { 'keda.sh': '@kubernetes-models/keda/keda.sh' };

async function modelOf({ apiVersion, kind }) {
  const [group, version] = apiVersion.includes('/') ? apiVersion.split('/') : ['', apiVersion];
  const path = OPERATORS[group] ?? (group ? `kubernetes-models/${group}` : 'kubernetes-models');
  try {
    return (await import(`${path}/${version}/${kind}`))[kind];
  } catch (failure) {
    if (failure.code === 'ERR_MODULE_NOT_FOUND' || failure.code === 'ERR_PACKAGE_PATH_NOT_EXPORTED') return null;
    throw failure;
  }
}

const verdicts = [];
for (const object of JSON.parse(readFileSync(0, 'utf8'))) {
  const Model = await modelOf(object);
  if (Model == null) {
    verdicts.push(null);
    continue;
  }
  try {
    new Model(object).validate();
    verdicts.push('');
  } catch (failure) {
    verdicts.push(failure.message || 'refused');
  }
}
console.log(JSON.stringify(verdicts));
