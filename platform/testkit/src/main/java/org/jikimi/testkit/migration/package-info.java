/** Rules for Flyway scripts: releases N and N-1 of a service work on one database at the same time. */
@NullMarked
package org.jikimi.testkit.migration;

import org.jspecify.annotations.NullMarked;
