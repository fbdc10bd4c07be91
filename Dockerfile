FROM maven:3.9-eclipse-temurin-17 AS build
WORKDIR /build
# Dependencies in a layer of their own: they change less often than the code.
COPY .mvn .mvn
COPY pom.xml .
RUN mvn -B -q dependency:go-offline
COPY bpmn bpmn
COPY forms forms
COPY src src
RUN mvn -B -q -DskipTests package \
    && java -Djarmode=tools -jar target/dunlin-*.jar extract --layers --launcher --destination target/layers

FROM eclipse-temurin:17-jre-noble
RUN useradd --system --uid 10001 --home-dir /app dunlin \
    && install -d -o dunlin /app /data
WORKDIR /app
COPY --from=build /build/target/layers/dependencies ./
COPY --from=build /build/target/layers/spring-boot-loader ./
COPY --from=build /build/target/layers/snapshot-dependencies ./
COPY --from=build /build/target/layers/application ./
USER dunlin
# The inbox, and whatever else Dunlin keeps on disk.
ENV DUNLIN_DATA=/data
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=5s --start-period=120s --retries=6 \
    CMD curl --fail --silent --show-error http://localhost:8080/actuator/health
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=75", "-Dfile.encoding=UTF-8", "org.springframework.boot.loader.launch.JarLauncher"]
