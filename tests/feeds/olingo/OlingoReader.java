// Reads every listed set with Apache Olingo's client and prints what it read, as JSON.

import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.olingo.client.api.EdmEnabledODataClient;
import org.apache.olingo.client.api.domain.ClientEntity;
import org.apache.olingo.client.api.domain.ClientEntitySet;
import org.apache.olingo.client.api.domain.ClientPrimitiveValue;
import org.apache.olingo.client.api.domain.ClientProperty;
import org.apache.olingo.client.api.uri.URIBuilder;
import org.apache.olingo.client.core.ODataClientFactory;
import org.apache.olingo.commons.api.edm.EdmEntitySet;
import org.apache.olingo.commons.api.edm.EdmEntityType;
import org.apache.olingo.commons.api.edm.EdmPrimitiveTypeKind;
import org.apache.olingo.commons.api.format.ContentType;
import org.apache.olingo.commons.core.edm.primitivetype.EdmPrimitiveTypeFactory;

public class OlingoReader {
    record SetRead(
        List<Map<String, Object>> rows,
        int pages,
        long count,
        Map<String, List<Object>> matches,
        List<Object> part) {}

    private final String root;
    private final int pageSize;
    private final EdmEnabledODataClient client;

    OlingoReader(String root, int pageSize) {
        this.root = root;
        this.pageSize = pageSize;
        client = ODataClientFactory.getEdmEnabledClient(root);
        client.getConfiguration().setDefaultPubFormat(ContentType.JSON);
    }

    public static void main(String[] arguments) throws Exception {
        var reader = new OlingoReader(arguments[0], Integer.parseInt(arguments[1]));
        var reads = new LinkedHashMap<String, SetRead>();
        for (String name : reader.listedSets()) {
            reads.put(name, reader.read(name));
        }
        new ObjectMapper().writeValue(System.out, reads);
    }

    List<String> listedSets() {
        var request = client.getRetrieveRequestFactory().getServiceDocumentRequest(root);
        return new ArrayList<>(request.execute().getBody().getEntitySetNames());
    }

    SetRead read(String name) throws Exception {
        EdmEntitySet set = client.getCachedEdm().getEntityContainer().getEntitySet(name);
        EdmEntityType type = set.getEntityType();
        String key = type.getKeyPredicateNames().get(0);
        var rows = new ArrayList<Map<String, Object>>();
        int pages = 0;
        Integer total = null;
        for (URI next = address(name).count(true).build(); next != null; pages++) {
            ClientEntitySet page = page(next);
            total = page.getCount() != null ? page.getCount() : total;
            page.getEntities().forEach(entity -> rows.add(row(entity, type)));
            next = page.getNext();
        }
        long count = count(name);
        if (total == null || total != count) {
            throw new IllegalStateException(
                name + ": $count=true says " + total + ", /$count " + count);
        }
        var matches = new LinkedHashMap<String, List<Object>>();
        for (String column : type.getPropertyNames()) {
            String literal = firstLiteral(column, rows, type);
            if (literal != null) {
                var equal = address(name).filter(column + " eq " + literal);
                matches.put(column, keys(equal, key));
            }
        }
        var part = address(name).orderBy(key + " desc").skip(1).top(2);
        return new SetRead(rows, pages, count, matches, keys(part, key));
    }

    URIBuilder address(String name) {
        return client.newURIBuilder(root).appendEntitySetSegment(name);
    }

    ClientEntitySet page(URI address) {
        var request = client.getRetrieveRequestFactory().getEntitySetRequest(address);
        request.setPrefer("odata.maxpagesize=" + pageSize);
        return request.execute().getBody();
    }

    long count(String name) {
        URI address = address(name).count().build();
        var request = client.getRetrieveRequestFactory().getValueRequest(address);
        request.setFormat(ContentType.TEXT_PLAIN);
        return Long.parseLong(request.execute().getBody().toString());
    }

    List<Object> keys(URIBuilder address, String key) {
        var keys = new ArrayList<Object>();
        for (URI next = address.select(key).build(); next != null; ) {
            ClientEntitySet page = page(next);
            for (ClientEntity entity : page.getEntities()) {
                keys.add(value(entity.getProperty(key).getPrimitiveValue()));
            }
            next = page.getNext();
        }
        return keys;
    }

    /** The first value of a column as a literal of $filter; null if all are missing. */
    String firstLiteral(String column, List<Map<String, Object>> rows, EdmEntityType type)
            throws Exception {
        String kind = type.getProperty(column).getType().getName();
        var primitive = EdmPrimitiveTypeFactory.getInstance(EdmPrimitiveTypeKind.valueOf(kind));
        for (Map<String, Object> row : rows) {
            Object value = row.get(column);
            if (value != null) {
                return primitive.toUriLiteral(value.toString());
            }
        }
        return null;
    }

    Map<String, Object> row(ClientEntity entity, EdmEntityType type) {
        if (entity.getProperties().size() != type.getPropertyNames().size()) {
            throw new IllegalStateException(
                type.getName() + ": other properties than in $metadata");
        }
        var row = new LinkedHashMap<String, Object>();
        for (ClientProperty property : entity.getProperties()) {
            String name = property.getName();
            ClientPrimitiveValue value = property.getPrimitiveValue();
            if (value == null || value.toValue() == null) {
                row.put(name, null);
                continue;
            }
            String declared = type.getProperty(name).getType().getName();
            if (!value.getTypeKind().name().equals(declared)) {
                throw new IllegalStateException(
                    name + ": " + value.getTypeKind() + ", in $metadata " + declared);
            }
            row.put(name, value(value));
        }
        return row;
    }

    /** Numbers and truth values as they are; others as OData writes them. */
    Object value(ClientPrimitiveValue primitive) {
        Object value = primitive.toValue();
        boolean isPlain = value instanceof Number || value instanceof Boolean;
        return isPlain ? value : primitive.toString();
    }
}
