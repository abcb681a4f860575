/** Quarkus applications for the tests; the recipe of docs/jaxrs.md is one of them. */
@org.jspecify.annotations.NullMarked
package io.tokenguard.quarkus;
