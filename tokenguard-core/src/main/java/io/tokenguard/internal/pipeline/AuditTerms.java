package io.tokenguard.internal.pipeline;

import io.tokenguard.access.AddressRange;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.internal.audit.RefusalIds;
import io.tokenguard.internal.audit.SafeText;
import io.tokenguard.internal.audit.SubjectDisclosure;
import io.tokenguard.internal.request.ClientNetwork;
import java.util.List;

/**
 * What events show.
 *
 * @param subjects what they show of subjects
 * @param ids makes identifiers of refusals
 * @param areIdsSent whether answers carry them
 * @param proxies the trusted proxies, whose forwarding fields name the client's address
 */
public record AuditTerms(SubjectDisclosure subjects, RefusalIds ids, boolean areIdsSent, List<AddressRange> proxies) {
    /** Copies the proxies. */
    public AuditTerms {
        proxies = List.copyOf(proxies);
    }

    String clientAddress(IncomingRequest request) {
        return SafeText.value(ClientNetwork.reportedAddress(request, proxies));
    }
}
