/** Version 1 of the events of the screening service, which finds children in crisis. */
package org.jikimi.contracts.screening.v1;
