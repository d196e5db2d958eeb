// Opens workbooks with exceljs and counts their formulas; 1 if one cannot be opened.
import ExcelJS from "exceljs";

for (const path of process.argv.slice(2)) {
  const book = new ExcelJS.Workbook();
  try {
    await book.xlsx.readFile(path);
    let formulas = 0;
    book.eachSheet((sheet) =>
      sheet.eachRow((row) => row.eachCell((cell) => (formulas += cell.formula ? 1 : 0))),
    );
    console.log(`${path}: ${formulas} formulas`);
    if (!formulas) process.exitCode = 1;
  } catch (error) {
    console.log(`${path}: ${error.message}`);
    process.exitCode = 1;
  }
}
