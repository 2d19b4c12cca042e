/** Version 1 of the events of the case service, which reaches, protects and recovers them. */
package org.jikimi.contracts.cases.v1;
