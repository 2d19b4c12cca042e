/** Real parts for tests: PostgreSQL and Kafka as child processes of the test, on free ports of 127.0.0.1. */
@NullMarked
package org.jikimi.testkit;

import org.jspecify.annotations.NullMarked;
