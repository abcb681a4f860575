package io.tokenguard.internal.telemetry;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** A call to an introspection endpoint. The issuer is named as configured. */
@Name("io.tokenguard.Introspection")
@Label("Introspection call")
@Description("A call to an issuer's introspection endpoint")
@Category("TokenGuard")
@StackTrace(false)
final class JfrIntrospectionEvent extends Event {
    @Label("Issuer")
    String issuer = "";

    @Label("Outcome")
    String outcome = "";

    static Recording start(String issuer) {
        JfrIntrospectionEvent event = new JfrIntrospectionEvent();
        if (!event.isEnabled()) {
            return Recording.NONE;
        }
        event.issuer = issuer;
        event.begin();
        return event::finish;
    }

    private void finish(String result) {
        outcome = result;
        commit();
    }
}
