/**
 * The whole platform on one machine without Docker: PostgreSQL, Kafka, Keycloak and the four services as child
 * processes, an SMTP server, and the commands that start, show and end them.
 */
@NullMarked
package org.jikimi.local;

import org.jspecify.annotations.NullMarked;
