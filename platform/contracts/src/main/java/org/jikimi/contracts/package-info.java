/**
 * What the services of Jikimi tell each other: event records, their JSON Schemas and golden files, by producer and
 * version.
 */
package org.jikimi.contracts;
