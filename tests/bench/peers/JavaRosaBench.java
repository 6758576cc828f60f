// JavaRosa on the forms of make_forms: writes lines "form<TAB>step<TAB>milliseconds", the best of a few
// rounds after the virtual machine is warm, in processor time of this thread alone.
//   java -cp JARS:CLASSES JavaRosaBench FORMS
import java.io.File;
import java.io.FileInputStream;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import org.javarosa.core.model.CoreModelModule;
import org.javarosa.core.model.FormDef;
import org.javarosa.core.model.SelectChoice;
import org.javarosa.core.model.data.IAnswerData;
import org.javarosa.core.model.data.IntegerData;
import org.javarosa.core.model.data.SelectOneData;
import org.javarosa.core.model.data.StringData;
import org.javarosa.core.model.data.helper.Selection;
import org.javarosa.core.model.instance.InstanceInitializationFactory;
import org.javarosa.core.reference.Reference;
import org.javarosa.core.reference.ReferenceFactory;
import org.javarosa.core.reference.ReferenceManager;
import org.javarosa.form.api.FormEntryController;
import org.javarosa.form.api.FormEntryModel;
import org.javarosa.form.api.FormEntryPrompt;
import org.javarosa.model.xform.XFormsModule;
import org.javarosa.xform.util.XFormUtils;

public final class JavaRosaBench {
    private static final int ROUNDS = 5;
    private static File folder;

    interface Work {
        void run() throws Exception;
    }

    private static double once(Work work) throws Exception {
        long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        work.run();
        return (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start) / 1e6;
    }

    private static void report(String form, String step, double milliseconds) {
        System.out.printf("%s\t%s\t%.2f%n", form, step, milliseconds);
    }

    private static FormEntryController open(String name) throws Exception {
        try (InputStream xml = new FileInputStream(new File(folder, name + ".xml"))) {
            FormDef form = XFormUtils.getFormFromInputStream(xml);
            form.initialize(true, new InstanceInitializationFactory());
            return new FormEntryController(new FormEntryModel(form));
        }
    }

    // Media of a form lie beside it. Both interfaces have grown over the years, hence the proxies.
    private static void serveFiles() {
        ReferenceFactory factory = (ReferenceFactory) Proxy.newProxyInstance(
            JavaRosaBench.class.getClassLoader(), new Class<?>[] {ReferenceFactory.class},
            (self, method, given) -> {
                if (method.getName().equals("derives")) return ((String) given[0]).startsWith("jr://file");
                if (method.getName().equals("derive")) return reference((String) given[0]);
                return own(self, method, given);
            });
        ReferenceManager.instance().addReferenceFactory(factory);
    }

    private static Reference reference(String uri) {
        File file = new File(folder, uri.substring(uri.lastIndexOf('/') + 1));
        return (Reference) Proxy.newProxyInstance(
            JavaRosaBench.class.getClassLoader(), new Class<?>[] {Reference.class},
            (self, method, given) -> switch (method.getName()) {
                case "getLocalURI" -> file.getPath();
                case "getURI" -> uri;
                case "getStream" -> new FileInputStream(file);
                case "doesBinaryExist" -> file.exists();
                case "isReadOnly" -> true;
                default -> own(self, method, given);
            });
    }

    /** What every object answers. */
    private static Object own(Object self, Method method, Object[] given) {
        return switch (method.getName()) {
            case "equals" -> self == given[0];
            case "hashCode" -> System.identityHashCode(self);
            case "toString" -> "a file of the bench";
            default -> null;
        };
    }

    private static IAnswerData answer(FormEntryPrompt prompt) {
        List<SelectChoice> choices = prompt.getSelectChoices();
        if (choices != null && !choices.isEmpty())
            return prompt.getControlType() == org.javarosa.core.model.Constants.CONTROL_SELECT_ONE
                ? new SelectOneData(new Selection(choices.get(0))) : null;
        return prompt.getDataType() == org.javarosa.core.model.Constants.DATATYPE_INTEGER
            ? new IntegerData(5) : new StringData("some words");
    }

    /** Goes through the form as a person does; `rows`: instances to add where a repeat asks. */
    private static void fill(FormEntryController controller, int rows) {
        controller.jumpToIndex(org.javarosa.core.model.FormIndex.createBeginningOfFormIndex());
        int added = 0;
        for (int event = controller.stepToNextEvent(); event != FormEntryController.EVENT_END_OF_FORM;
             event = controller.stepToNextEvent()) {
            if (event == FormEntryController.EVENT_PROMPT_NEW_REPEAT && added < rows) {
                controller.newRepeat();
                ++added;
            } else if (event == FormEntryController.EVENT_QUESTION) {
                IAnswerData data = answer(controller.getModel().getQuestionPrompt());
                if (data != null)
                    controller.answerQuestion(controller.getModel().getFormIndex(), data, true);
            }
        }
    }

    // Its arguments differ between versions.
    private static void validate(FormDef form) throws Exception {
        for (Method method : FormDef.class.getMethods()) {
            if (!method.getName().equals("validate")) continue;
            try {
                if (method.getParameterCount() == 0) method.invoke(form);
                else if (method.getParameterTypes()[0] == boolean.class) method.invoke(form, true);
                else continue;
                return;
            } catch (InvocationTargetException problem) {
                throw new IllegalStateException(problem.getCause());
            }
        }
    }

    private static void measure(String file, String name, int rows, int rounds) throws Exception {
        double load = Double.MAX_VALUE, answer = Double.MAX_VALUE, validate = Double.MAX_VALUE;
        for (int round = 0; round < rounds; ++round) {
            FormEntryController[] at = new FormEntryController[1];
            load = Math.min(load, once(() -> at[0] = open(file)));
            answer = Math.min(answer, once(() -> fill(at[0], rows)));
            validate = Math.min(validate, once(() -> validate(at[0].getModel().getForm())));
        }
        report(name, "load", load);
        report(name, "answer all", answer);
        report(name, "validate", validate);
    }

    public static void main(String[] arguments) throws Exception {
        folder = new File(arguments[0]);
        new CoreModelModule().registerModule();
        new XFormsModule().registerModule();
        serveFiles();
        measure("chained_1000", "chained_1000", 0, ROUNDS);
        measure("repeats", "repeats_100", 100, ROUNDS);
        measure("survey", "survey", 0, ROUNDS);
        double list = Double.MAX_VALUE;
        for (int round = 0; round < ROUNDS; ++round) list = Math.min(list, once(() -> open("lists")));
        report("lists", "load", list);
        measure("chained_5000", "chained_5000", 0, 1);
    }
}
