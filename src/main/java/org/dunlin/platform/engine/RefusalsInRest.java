package org.dunlin.platform.engine;

import jakarta.ws.rs.core.Feature;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.util.Objects;
import org.camunda.bpm.engine.rest.dto.ExceptionDto;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.bind.annotation.ResponseStatus;

/**
 * Lets engine-rest, and the same interface behind Tasklist, answer a {@link RefusedException} with its status and its message alone; they
 * would call it an error of the server. Found by its name in {@code META-INF/services}, because the interface behind Tasklist takes no
 * other settings.
 */
public class RefusalsInRest implements Feature {

    @Override
    public boolean configure(FeatureContext context) {
        context.register(new Mapper());
        return true;
    }

    private static final class Mapper implements ExceptionMapper<RefusedException> {

        @Override
        public Response toResponse(RefusedException refused) {
            ResponseStatus status =
                    AnnotatedElementUtils.findMergedAnnotation(refused.getClass(), ResponseStatus.class);
            return Response.status(Objects.requireNonNull(status).code().value())
                    .type(MediaType.APPLICATION_JSON_TYPE)
                    .entity(ExceptionDto.fromException(refused))
                    .build();
        }
    }
}
