package org.jikimi.runtime.rest;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * An endpoint that is never refused for the number of requests or for the age of the outbox: a report of abuse, an urgent
 * signal. One that takes what may wait beside it asks {@link Admission} about that.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Urgent {}
