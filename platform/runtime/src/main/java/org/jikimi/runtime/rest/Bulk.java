package org.jikimi.runtime.rest;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * An endpoint that takes work in bulk. While events wait in the outbox for too long it is refused with 503 and
 * {@code Retry-After}: more of it would only make what is urgent wait behind it.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Bulk {}
