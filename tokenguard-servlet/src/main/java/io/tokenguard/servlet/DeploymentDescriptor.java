package io.tokenguard.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * Reads the declaration of the filter in {@code WEB-INF/web.xml}. Without async support, the filter would fail when a servlet
 * behind it starts async processing; without a dispatcher type, requests could bypass it. The Servlet API exposes neither to a
 * filter.
 */
final class DeploymentDescriptor {
    private static final String FILE = "/WEB-INF/web.xml";

    private DeploymentDescriptor() {}

    /**
     * Requires the filter of a name, if it is declared there, to be declared for everything.
     *
     * @return whether it is declared there, with its mappings
     * @throws ServletException if its declaration is incomplete, or the file can't be read
     */
    static boolean requireComplete(ServletContext context, String filterName) throws ServletException {
        try (InputStream file = context.getResourceAsStream(FILE)) {
            return file != null && requireComplete(parse(file), filterName);
        } catch (IOException | SAXException | ParserConfigurationException unreadable) {
            throw new ServletException(FILE + " can't be read", unreadable);
        }
    }

    private static boolean requireComplete(Document document, String filterName) throws ServletException {
        for (Element filter : named(document, "filter", filterName)) {
            if (!textsOf(filter, "async-supported").equals(List.of("true"))) {
                throw new ServletException("filter " + filterName + " in web.xml does not support async: add"
                        + " <async-supported>true</async-supported>");
            }
        }
        List<Element> mappings = named(document, "filter-mapping", filterName);
        for (Element mapping : mappings) {
            Set<String> missing = new TreeSet<>(
                    Arrays.stream(DispatcherType.values()).map(Enum::name).toList());
            missing.removeAll(textsOf(mapping, "dispatcher"));
            if (!missing.isEmpty()) {
                throw new ServletException("filter " + filterName + " in web.xml is not mapped for every dispatch: add "
                        + missing.stream()
                                .map(type -> "<dispatcher>" + type + "</dispatcher>")
                                .collect(Collectors.joining(" ")));
            }
        }
        return !mappings.isEmpty();
    }

    private static Document parse(InputStream file) throws IOException, SAXException, ParserConfigurationException {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
        factory.setExpandEntityReferences(false);
        factory.setNamespaceAware(true);
        return factory.newDocumentBuilder().parse(file);
    }

    private static List<Element> named(Document document, String kind, String filterName) {
        return elements(document.getElementsByTagNameNS("*", kind)).stream()
                .filter(element -> textsOf(element, "filter-name").equals(List.of(filterName)))
                .toList();
    }

    private static List<String> textsOf(Element element, String child) {
        return elements(element.getElementsByTagNameNS("*", child)).stream()
                .map(found -> found.getTextContent().strip())
                .toList();
    }

    private static List<Element> elements(NodeList nodes) {
        return IntStream.range(0, nodes.getLength())
                .mapToObj(nodes::item)
                .filter(Element.class::isInstance)
                .map(Element.class::cast)
                .toList();
    }
}
