package io.tokenguard.bench.soak;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * What the process holds.
 *
 * @param heapBytes the heap in use after full collections
 * @param threads live threads
 * @param fileHandles open file handles; -1 where the platform does not say
 */
record Footprint(long heapBytes, int threads, long fileHandles) {
    private static final int COLLECTIONS = 5;

    static Footprint now() {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
        }
        return new Footprint(
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
                ManagementFactory.getThreadMXBean().getThreadCount(),
                ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                        ? unix.getOpenFileDescriptorCount()
                        : -1);
    }

    @Override
    public String toString() {
        return "heap after full GC %.1f MiB, %d threads, %d file handles"
                .formatted(heapBytes / 1048576.0, threads, fileHandles);
    }
}
