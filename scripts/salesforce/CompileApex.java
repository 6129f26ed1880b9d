import apex.jorje.data.Locatable;
import apex.jorje.data.Location;
import apex.jorje.data.Locations;
import apex.jorje.semantic.common.TestAccessEvaluator;
import apex.jorje.semantic.common.TestQueryValidators;
import apex.jorje.semantic.common.TestSymbolProvider;
import apex.jorje.semantic.compiler.ApexCompiler;
import apex.jorje.semantic.compiler.CodeUnit;
import apex.jorje.semantic.compiler.CompilationInput;
import apex.jorje.semantic.compiler.CompilerStage;
import apex.jorje.semantic.compiler.Namespaces;
import apex.jorje.semantic.compiler.SourceFile;
import apex.jorje.semantic.compiler.sfdc.NoopCompilerProgressCallback;
import apex.jorje.semantic.symbol.resolver.SymbolResolver;
import apex.jorje.semantic.symbol.type.TypeInfo;
import apex.jorje.services.exception.CompilationException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Runs Salesforce's own Apex compiler as far as it goes without an org, and prints each error as
 * "file TAB line TAB message". It knows the platform's classes from the stubs in its jar, and no custom
 * object, so the caller keeps only the messages that do not depend on objects.
 *
 * Usage: java -cp apex-jorje-lsp.jar CompileApex.java <jar> <file.cls> ...
 */
public class CompileApex {
  public static void main(String[] args) throws IOException {
    Map<String, SourceFile> platform = readPlatform(Path.of(args[0]));
    List<SourceFile> sources = new ArrayList<>();
    for (int i = 1; i < args.length; i++) {
      String body = Files.readString(Path.of(args[i]));
      sources.add(SourceFile.builder().setBody(body).setKnownName(args[i]).build());
    }
    CompilationInput input =
        new CompilationInput(
            sources,
            new Platform(platform),
            new TestAccessEvaluator(),
            new TestQueryValidators.Noop(),
            null,
            NoopCompilerProgressCallback.get());
    ApexCompiler compiler = ApexCompiler.builder().setInput(input).build();
    compiler.compile(CompilerStage.VALIDATE);
    Set<String> asked = Set.copyOf(List.of(args));
    for (CodeUnit unit : compiler.getCodeUnits()) {
      String file = unit.getSourceFile().getKnownName();
      if (!asked.contains(file)) continue;
      for (CompilationException error : unit.getErrors().get()) {
        System.out.println(file + "\t" + lineOf(error) + "\t" + error.getError().replace('\n', ' '));
      }
    }
  }

  private static int lineOf(Locatable error) {
    Location location = error.getLoc();
    return Locations.isReal(location) ? location.getLine() : 1;
  }

  private static Map<String, SourceFile> readPlatform(Path jar) throws IOException {
    Map<String, SourceFile> platform = new HashMap<>();
    try (FileSystem files = FileSystems.newFileSystem(jar);
        Stream<Path> paths = Files.walk(files.getPath("/StandardApexLibrary"))) {
      for (Path path : (Iterable<Path>) paths.filter(each -> each.toString().endsWith(".cls"))::iterator) {
        String namespace = path.getParent().getFileName().toString();
        String name = path.getFileName().toString().replace(".cls", "");
        SourceFile source =
            SourceFile.builder()
                .setBody(Files.readString(path, StandardCharsets.UTF_8))
                .setNamespace(Namespaces.parse(namespace))
                .setTrusted(true)
                .setMocked(true)
                .setKnownName(namespace + "/" + name)
                .build();
        platform.put((namespace + "/" + name).toLowerCase(Locale.ROOT), source);
      }
    }
    return platform;
  }

  /** Loads a class of the platform when it is first used. */
  private static final class Platform extends TestSymbolProvider {
    private final Map<String, SourceFile> classes;
    private final Set<String> loaded = new HashSet<>();

    Platform(Map<String, SourceFile> classes) {
      this.classes = classes;
    }

    @Override
    public TypeInfo find(SymbolResolver resolver, TypeInfo from, String name) {
      String key = name.toLowerCase(Locale.ROOT);
      SourceFile source = classes.get(key);
      if (source != null && loaded.add(key)) {
        addAdditionalFiles(source.copy().setKnownName(name).build());
      }
      return super.find(resolver, from, name);
    }
  }
}
