import com.adobe.epubcheck.api.EPUBLocation;
import com.adobe.epubcheck.api.EpubCheck;
import com.adobe.epubcheck.api.MasterReport;
import com.adobe.epubcheck.messages.Message;
import com.adobe.epubcheck.messages.Severity;
import com.adobe.epubcheck.util.FeatureEnum;
import java.io.File;

/** EPUBCheck on every book named: one line for each thing that it has to say. */
public class Epubs extends MasterReport {
  private final String book;

  private Epubs(String book) {
    this.book = book;
    setEpubFileName(book);
  }

  public static void main(String[] books) {
    for (String book : books) {
      Epubs report = new Epubs(book);
      report.initialize();
      int code = new EpubCheck(new File(book), report).doValidate();
      if (code != 0) {
        System.out.println(book + ": is no valid book (" + code + ")");
      }
      report.close();
    }
    System.out.println("done");
  }

  @Override
  public void message(Message message, EPUBLocation place, Object... given) {
    if (message.getSeverity().toInt() >= Severity.INFO.toInt()) {
      String said = message.getMessage(given).replace('\n', ' ');
      System.out.println(book + ": " + message.getID() + " " + place + " " + said);
    }
  }

  @Override
  public void info(String resource, FeatureEnum feature, String value) {}

  @Override
  public void initialize() {}

  @Override
  public int generate() {
    return 0;
  }
}
