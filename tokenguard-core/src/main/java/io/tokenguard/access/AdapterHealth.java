package io.tokenguard.access;

/**
 * Whether an adapter, such as a filter or a feature, guards requests.
 *
 * @param adapter the adapter's name
 * @param state whether its runtime has started it
 * @param isRequired whether the guard is ready only while the adapter is {@link State#ACTIVE}
 */
public record AdapterHealth(String adapter, State state, boolean isRequired) {
    /** Whether a runtime has started an adapter. */
    public enum State {
        /** Built a few seconds ago; no runtime has started it yet. */
        WAITING,
        /** A runtime has started it. */
        ACTIVE,
        /** Built, and no runtime has started it in time: it guards nothing. */
        INACTIVE
    }
}
