package io.evenkeel.cli;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/// What can be said against one text file: each finding is a line that names the file and the
/// remedy.
final class Tidiness {
  static final int MAX_FILE_LINES = 500;
  static final int MAX_METHOD_LINES = 60;

  // Written so that the patterns do not match their own source.
  private static final Pattern UNFINISHED = Pattern.compile("\\b(TO[D]O|FIX[M]E|XX[X])\\b");
  private static final Pattern MACHINE_PATH =
      Pattern.compile("(?<![\\w.:/<}])/(root|home|work|tmp)\\b(?!>)");

  private Tidiness() {}

  static List<String> findings(Path file, String text) throws IOException {
    List<String> findings = new ArrayList<>();
    String[] lines = text.split("\n", -1);
    for (int i = 0; i < lines.length; i++) {
      String place = file + ":" + (i + 1) + ": ";
      if (UNFINISHED.matcher(lines[i]).find()) {
        findings.add(place + "unfinished work; finish it or say in docs what is missing");
      }
      if (MACHINE_PATH.matcher(lines[i]).find()) {
        findings.add(place + "a path of one machine; take it from the environment or the caller");
      }
    }
    if (file.toString().endsWith(".java")) {
      if (text.indexOf('\t') >= 0) {
        findings.add(file + ": a tab; indent with two spaces, write \\t in strings");
      }
      if (lines.length - 1 > MAX_FILE_LINES) {
        findings.add(
            file + ": " + (lines.length - 1) + " lines; split it, the limit is " + MAX_FILE_LINES);
      }
      findings.addAll(longMethods(file, text));
    }
    return findings;
  }

  private static List<String> longMethods(Path file, String text) throws IOException {
    SimpleJavaFileObject source =
        new SimpleJavaFileObject(URI.create("string:///Source.java"), JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
          }
        };
    JavacTask task =
        (JavacTask)
            ToolProvider.getSystemJavaCompiler()
                .getTask(null, null, _ -> {}, List.of("-proc:none"), null, List.of(source));
    SourcePositions positions = Trees.instance(task).getSourcePositions();
    List<String> findings = new ArrayList<>();
    for (CompilationUnitTree unit : task.parse()) {
      LineMap lineMap = unit.getLineMap();
      new TreeScanner<Void, Void>() {
        @Override
        public Void visitMethod(MethodTree method, Void unused) {
          long first = lineMap.getLineNumber(positions.getStartPosition(unit, method));
          long last = lineMap.getLineNumber(positions.getEndPosition(unit, method));
          if (last - first + 1 > MAX_METHOD_LINES) {
            findings.add(
                "%s:%d: method %s has %d lines; split it, the limit is %d"
                    .formatted(file, first, method.getName(), last - first + 1, MAX_METHOD_LINES));
          }
          return super.visitMethod(method, unused);
        }
      }.scan(unit, null);
    }
    return findings;
  }
}
