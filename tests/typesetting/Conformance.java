import java.io.File;
import java.util.Map;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.Profiles;
import org.verapdf.pdfa.validation.profiles.RuleId;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;

/** veraPDF on every file named, for PDF/A-3a and PDF/UA-1: one line for each rule that is broken. */
public class Conformance {
  private static final Map<String, String> PROFILES = Map.of("3a", "PDFA-3A", "ua1", "PDFUA-1");

  public static void main(String[] files) throws Exception {
    java.util.logging.LogManager.getLogManager().reset();
    VeraGreenfieldFoundryProvider.initialise();
    for (String file : files) {
      for (Map.Entry<String, String> profile : PROFILES.entrySet()) {
        validate(new File(file), profile.getKey(), profile.getValue());
      }
    }
    System.out.println("done");
  }

  private static void validate(File file, String flavour, String name) throws Exception {
    String path = "/org/verapdf/pdfa/validation/" + name + ".xml";
    ValidationProfile profile =
        Profiles.profileFromXml(Conformance.class.getResourceAsStream(path));
    PDFAFlavour known = PDFAFlavour.byFlavourId(flavour);
    try (PDFAParser parser = Foundries.defaultInstance().createParser(file, known);
        PDFAValidator validator = Foundries.defaultInstance().createValidator(profile, false)) {
      ValidationResult result = validator.validate(parser);
      result.getFailedChecks().forEach((rule, times) -> tell(file, flavour, rule, times, result));
    }
  }

  private static void tell(
      File file, String flavour, RuleId rule, int times, ValidationResult result) {
    String place =
        result.getTestAssertions().stream()
            .filter(check -> check.getRuleId().equals(rule))
            .filter(check -> check.getStatus() == TestAssertion.Status.FAILED)
            .map(check -> check.getLocation().getContext())
            .findFirst()
            .orElse("");
    String clause = rule.getClause() + "-" + rule.getTestNumber();
    System.out.println(file.getName() + ": " + flavour + " " + clause + " ×" + times + " " + place);
  }
}
