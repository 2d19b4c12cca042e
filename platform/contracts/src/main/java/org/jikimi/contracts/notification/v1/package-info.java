/** Version 1 of the events of the notification service, which informs those who must act. */
package org.jikimi.contracts.notification.v1;
